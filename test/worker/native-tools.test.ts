import { SELF } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { type Integration, type IntegrationRow, integrationSchema } from "../../core/adapters/guide.ts";
import { ADAPTERS } from "../../core/adapters/index.ts";
import type { Alert } from "../../core/alert.ts";
import { API } from "../support/addresses.ts";
import { freshTenant } from "../support/fresh-tenant.ts";
import { read } from "../support/payloads.ts";

const BODIES = import.meta.glob<unknown>("../fixtures/*/{firing,severity-change,recovery}.json", {
  eager: true,
  import: "default",
});
const bodyOf = (tool: string, name: string) => BODIES[`../fixtures/${tool}/${name}.json`];
/** Only SNS can sign its envelope (sns.test.ts); what lies inside may come signed by the company's secret. */
const sentBy = (tool: string, name: string) => {
  const body = bodyOf(tool, name);
  return tool === "cloudwatch" ? (body as { Message: string }).Message : body;
};
const TOOLS = [...ADAPTERS.keys()].filter((tool) => bodyOf(tool, "firing"));

describe("the webhook of each tool", () => {
  it("takes what the tool sends, unsigned, and the recovery of the same alert", async () => {
    const { company, api } = await freshTenant();
    for (const tool of TOOLS) {
      const send = (name: string) =>
        read(
          company.post(sentBy(tool, name), {
            route: tool,
            unsigned: tool !== "cloudwatch",
            headers: { "x-delivery-id": "" },
          }),
        );
      const fired = await send("firing");
      expect([tool, fired.code, fired.body.results[0]?.outcome]).toEqual([tool, 202, "opened"]);
      const alert = await (await api(`/api/alerts/${fired.body.alert_id}`)).json<Alert>();
      expect(alert).toMatchObject({ status: "firing", tool_source: tool });
      if (!bodyOf(tool, "recovery")) continue;
      await send("severity-change");
      const over = await send("recovery");
      expect([tool, over.code, over.body.alert_id]).toEqual([tool, 202, fired.body.alert_id]);
      expect([tool, over.body.results[0]?.outcome]).toEqual([tool, "resolved"]);
    }
    expect(TOOLS.length).toBeGreaterThan(10);
  });

  it("says which field is wrong with a body that is none of the tool's", async () => {
    const { company } = await freshTenant();
    for (const tool of TOOLS) {
      const { code, body } = await read(
        company.post([1, 2], { route: tool, unsigned: tool !== "cloudwatch" }),
      );
      expect([tool, code]).toEqual([tool, 422]);
      expect([tool, Object.keys(body.fields).length > 0]).toEqual([tool, true]);
    }
  });
});

describe("the walls of every tool's webhook", () => {
  // Signatures of a tool's own are tested where they are checked.
  const ALL = [...ADAPTERS.values()].filter(({ guide }) => guide.signs !== "own").map(({ tool }) => tool);

  it("let nobody in without a key, or with one that is not the company's", async () => {
    const { company } = await freshTenant();
    for (const tool of ALL)
      for (const path of [tool, `${tool}?api_key=`, `${tool}?api_key=${company.api_key.slice(0, -1)}x`]) {
        const body = JSON.stringify(bodyOf(tool, "firing") ?? {});
        const answer = await SELF.fetch(`${API}/api/webhooks/${path}`, { method: "POST", body });
        expect([path, answer.status]).toEqual([path, 401]);
        await answer.body?.cancel();
      }
  });

  it("let no tool in unsigned where the company says that all must sign", async () => {
    const { company, api } = await freshTenant();
    const at = `/api/companies/${company.company.id}/security`;
    const read = await api(at);
    const security = await read.json<object>();
    const saved = await api(at, {
      method: "PUT",
      headers: { "if-match": read.headers.get("etag") ?? "" },
      json: { ...security, hmac_required: true, unsigned_tools: [] },
    });
    expect(saved.status).toBe(200);
    for (const tool of ALL) {
      const answer = await company.post(bodyOf(tool, "firing") ?? {}, { route: tool, unsigned: true });
      expect([tool, answer.status]).toEqual([tool, 401]);
      await answer.body?.cancel();
    }
  });

  it("take a bad signature for what it is, from tools that need none too", async () => {
    const { company } = await freshTenant();
    const headers = { "x-signature": `sha256=${"0".repeat(64)}` };
    for (const tool of ALL) {
      const answer = await company.post(bodyOf(tool, "firing") ?? {}, { route: tool, headers });
      expect([tool, answer.status]).toEqual([tool, 401]);
      await answer.body?.cancel();
    }
  });
});

describe("the guides", () => {
  it("are listed by name and given one at a time, with addresses but no key", async () => {
    const { company, api } = await freshTenant();
    const at = `/api/companies/${company.company.id}/integrations`;
    const { items } = await (await api(at)).json<{ items: IntegrationRow[] }>();
    expect(items.map(({ tool }) => tool)).toEqual([...ADAPTERS.keys()]);
    for (const { tool, label } of items) {
      const guide = await (await api(`${at}/${tool}`)).json<Integration>();
      expect(integrationSchema.parse(guide)).toMatchObject({ tool, label });
      expect(guide.webhook_url).toMatch(
        new RegExp(`^https?://[^/]+/api/webhooks/${tool}\\?api_key=YOUR_API_KEY$`),
      );
      expect(JSON.stringify(guide)).not.toContain(company.api_key);
    }
    expect((await api(`${at}/nothing`)).status).toBe(404);
    expect((await api(`${at}/__proto__`)).status).toBe(404);
  });
});
