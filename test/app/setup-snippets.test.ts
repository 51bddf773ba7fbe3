import { describe, expect, it } from "vitest";
import { type Access, PLACEHOLDER, withKeys } from "../../app/lib/setup/access.ts";
import { integrationOf } from "../../core/adapters/guide.ts";
import { ADAPTERS } from "../../core/adapters/index.ts";

const access: Access = { key: "aw_key", secret: "s3cret" };
const GUIDES = [...ADAPTERS.values()].map((adapter) =>
  integrationOf(adapter, "https://alerts.example", "Example GmbH"),
);
const textOf = (guide: (typeof GUIDES)[number]) =>
  [guide.webhook_url, ...guide.steps, ...guide.templates.map(({ text }) => text)].join("\n");

describe("set-up of tools", () => {
  it("names the route of each tool and the key that is given", () => {
    for (const guide of GUIDES) {
      expect(withKeys(guide.webhook_url, access)).toBe(
        `https://alerts.example/api/webhooks/${guide.tool}?api_key=aw_key`,
      );
    }
  });

  it("leaves nothing of the placeholders where key and secret are known", () => {
    for (const guide of GUIDES) {
      const known = withKeys(textOf(guide), access);
      expect(known, guide.tool).not.toContain(PLACEHOLDER.key);
      expect(known, guide.tool).not.toContain(PLACEHOLDER.secret);
      expect(known, guide.tool).not.toMatch(/\{(?:webhook_url|api_key|hmac_secret|base_url|company)\}/);
    }
  });

  it("says both where they are not", () => {
    const [generic] = GUIDES;
    expect(generic && textOf(generic)).toContain(PLACEHOLDER.key);
    expect(generic && textOf(generic)).toContain(PLACEHOLDER.secret);
  });

  it.each([
    "curl",
    "Python",
    "Node.js",
    "PowerShell",
  ])("%s gets address and secret, and sends what it signs", (name) => {
    const script =
      GUIDES[0]?.templates.find(({ where }) => where === `Signed delivery with ${name}`)?.text ?? "";
    const text = withKeys(script, access);
    expect(text).toContain("https://alerts.example/api/webhooks/alerts?api_key=aw_key");
    expect(text).toContain("s3cret");
    expect(text).toContain("X-Timestamp");
    expect(text).toContain("sha256=");
  });
});
