import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { IntegrationRow } from "../../core/adapters/guide.ts";
import type { Alert } from "../../core/alert.ts";
import type { CompanyDetail } from "../../core/company.ts";
import type { Branding } from "../../core/settings.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { firing, openLive } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";
import { confirmAddress, joins } from "../support/people.ts";
import { png } from "../support/png.ts";
import { signedRequest } from "../support/signing.ts";

const SOON = { timeout: 10_000 };
const run = promisify(execFile);

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Company" }).getByRole("link", { name, exact: true }).click();

/** The text that a copy button copies, as it stands on the page. */
const codeOf = async (page: Page, label: string) =>
  (await page.getByRole("figure", { name: label }).locator("pre").textContent()) ?? "";

/** Its answer tells the page that the stream skipped frames, as the hub does after an outage. */
async function missedFrames(page: Page): Promise<() => Promise<void>> {
  const greeted = Promise.withResolvers<() => void>();
  await page.routeWebSocket(/\/api\/live/, (socket) => {
    socket.connectToServer().onMessage((text) => {
      socket.send(text);
      if (!String(text).includes('"hello"')) return;
      const { data } = JSON.parse(String(text)) as { data: { epoch: string; seq: number } };
      const resync = { seq: data.seq, type: "resync", company_id: null, data: { ...data, reason: "gap" } };
      greeted.resolve(() => socket.send(JSON.stringify(resync)));
    });
  });
  return async () => (await greeted.promise)();
}

describe.skipIf(!CHROMIUM)("a company from its wizard to its end", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  const detail = (id: string) => api.json<CompanyDetail>("GET", `/api/companies/${id}`);

  it("is added by keyboard alone, keeps what was typed on the way back, and tells which step is wrong", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        const loseTrack = await missedFrames(page);
        await openLive(page, "/companies/new");
        // Enter goes on; an empty name holds one back, and the field has the focus.
        await page.getByLabel("Name").press("Enter");
        await page.getByText("Give the company a name").waitFor();
        expect(await page.getByLabel("Name").getAttribute("aria-invalid")).toBe("true");
        await page.keyboard.type("Keyboard Ltd");
        await page.getByLabel("Brand colour", { exact: true }).fill("#0a7d5c");
        await page.getByText(/Light theme: .*reads well/).waitFor();
        await page.keyboard.press("Enter");

        await page.getByRole("heading", { level: 2, name: "Security" }).waitFor();
        await page.getByLabel("Allowed addresses").fill("127.0.0.1\n10.0.0.0/33");
        await page.getByRole("spinbutton", { name: "Burst" }).press("Enter");
        await page.getByText("10.0.0.0/33 is not an IPv4 or IPv6 address").waitFor();
        await page.getByLabel("Allowed addresses").fill("127.0.0.1\n2001:db8::/32");
        await page.getByLabel("Requests per minute").fill("90");
        await page.getByRole("button", { name: "Back" }).click();
        expect(await page.getByLabel("Name").inputValue()).toBe("Keyboard Ltd");
        await page.getByLabel("Name").press("Enter");
        expect(await page.getByLabel("Allowed addresses").inputValue()).toBe("127.0.0.1\n2001:db8::/32");
        await page.getByRole("spinbutton", { name: "Burst" }).press("Enter");

        await page.getByRole("heading", { level: 2, name: "Correlation" }).waitFor();
        await page.getByLabel("Same problem on any asset").check();
        for (let i = 0; i < 5; i++) await page.getByRole("slider", { name: "Window" }).press("ArrowLeft");
        await page.getByRole("slider", { name: "Window" }).press("Enter");

        // What is refused in the end leads back to its step, with the field marked.
        await page.getByRole("heading", { level: 2, name: "Review" }).waitFor();
        await page.getByText("90 a minute, bursts of 100").waitFor();
        let spoilt = false;
        await page.route("**/companies/new*", async (route) => {
          const body = route.request().postData();
          if (spoilt || !body) return route.continue();
          spoilt = true;
          return route.continue({ postData: body.replace("color=%230a7d5c", "color=teal") });
        });
        await page.getByRole("button", { name: "Add company" }).click();
        await page.getByText("write the colour as #rrggbb").waitFor();
        expect(await page.getByLabel("Brand colour", { exact: true }).getAttribute("aria-invalid")).toBe(
          "true",
        );
        for (const next of ["Security", "Correlation", "Review"]) {
          await page.getByRole("button", { name: "Continue", disabled: false }).press("Enter");
          await page.getByRole("heading", { level: 2, name: next }).waitFor();
        }
        await page.getByRole("button", { name: "Add company", disabled: false }).press("Enter");

        await page.getByRole("heading", { name: "Keyboard Ltd is ready" }).waitFor();
        await page.getByText("Waiting for the first alert").waitFor();
        const key = panel(page, "Key and secret").getByText(/^aw_/);
        const shown = await key.textContent();
        // Whatever makes the page read its data anew: what is shown once stays.
        const read = page.waitForResponse(/companies\/new\.data/);
        await loseTrack();
        await read;
        await page.getByRole("button", { name: "Send test alert" }).click();
        await page.getByText("First alert received").waitFor();
        expect(await key.textContent()).toBe(shown);
        await page.getByRole("link", { name: "Open the company" }).click();
        await page.waitForURL(/\/companies\/co_/);
        const made = await detail(new URL(page.url()).pathname.split("/").at(-1) ?? "");
        expect(made.security).toMatchObject({
          hmac_required: true,
          ip_allowlist: ["127.0.0.1", "2001:db8::/32"],
        });
        expect(made.rate_limit).toEqual({ requests_per_minute: 90, burst: 100 });
        expect(made.correlation).toMatchObject({ strategy: "signature", window_minutes: 10 });
        const brand = await api.json<Branding>("GET", `/api/companies/${made.id}/branding`);
        expect(brand.color).toBe("#0a7d5c");
      },
      { expectedErrors: [/422/] },
    );
  });

  it("shows examples that sign: each one, run as it stands, is taken in, and the page says so", async () => {
    const { id } = await api.createCompany("Examples Ltd");
    const folder = mkdtempSync(join(tmpdir(), "aw-examples-"));
    const runs: Record<string, [string, (text: string) => ReturnType<typeof run>]> = {
      curl: ["curl", (text) => run("sh", ["-c", text])],
      python: [
        "Python",
        (text) => {
          writeFileSync(join(folder, "alert.py"), text);
          return run("python3", [join(folder, "alert.py")]);
        },
      ],
      node: [
        "Node.js",
        (text) => {
          writeFileSync(join(folder, "alert.mjs"), text);
          return run(process.execPath, [join(folder, "alert.mjs")]);
        },
      ],
    };
    const hasPowershell = await run("pwsh", ["-v"]).then(
      () => true,
      () => false,
    );
    if (hasPowershell)
      runs.powershell = [
        "PowerShell",
        (text) => {
          writeFileSync(join(folder, "alert.ps1"), text);
          return run("pwsh", ["-NoProfile", "-File", join(folder, "alert.ps1")]);
        },
      ];
    try {
      await withPage(browser, instance, async (page) => {
        await openLive(page, `/companies/${id}/integrations`);
        await page.getByText("Waiting for the first alert").waitFor();
        expect(await codeOf(page, "Signed delivery with curl")).toContain("YOUR_SIGNING_SECRET");
        await page.getByRole("button", { name: "Issue a new key" }).click();
        await page.getByText("New API key", { exact: true }).waitFor();
        await page.getByRole("button", { name: "Make a new signing secret" }).click();
        await page.getByText("New signing secret", { exact: true }).waitFor();
        // Another tab of the company and back: still known. A reload knows nothing.
        await tab(page, "Data");
        await panel(page, "Retention").waitFor();
        await tab(page, "Integrations");
        for (const [name, execute] of Object.values(runs)) {
          const text = await codeOf(page, `Signed delivery with ${name}`);
          expect(text).not.toContain("YOUR_");
          // The edge asks for a changed policy at most once a second.
          const said = async () => String((await execute(text)).stdout);
          await expect.poll(said, SOON).toContain('"status":"received"');
        }
        await page.getByText(/alert received/i).waitFor();
        const { items } = await api.json<{ items: Alert[] }>("GET", `/api/alerts?company_id=${id}`);
        expect(new Set(items.map((alert) => alert.tool_source))).toEqual(new Set(Object.keys(runs)));
        await page.reload();
        await page.getByText("Receiving").waitFor();
        expect(await codeOf(page, "Signed delivery with curl")).toContain("YOUR_SIGNING_SECRET");
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("shows how each tool is set up, and what it shows is understood", async () => {
    const { id } = await api.createCompany("Tools Ltd");
    const { items } = await api.json<{ items: IntegrationRow[] }>("GET", `/api/companies/${id}/integrations`);
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/integrations?tool=splunk`);
        const tools = page.getByRole("tablist", { name: "Tool" });
        expect(await tools.getByRole("tab").allTextContents()).toEqual(items.map(({ label }) => label));
        await page.getByText("No recoveries", { exact: true }).waitFor();
        await page.getByText("Weaker", { exact: true }).waitFor();
        await page.getByRole("button", { name: "Issue a new key" }).click();
        await page.getByText("New API key", { exact: true }).waitFor();
        for (const { tool, label } of items) {
          await tools.getByRole("tab", { name: label, exact: true }).click();
          await expect
            .poll(() => codeOf(page, "Webhook address"), SOON)
            .toContain(`/api/webhooks/${tool}?api_key=aw_`);
          await page.getByRole("link", { name: `${label}’s documentation` }).waitFor();
        }
        await tools.getByRole("tab", { name: "Datadog", exact: true }).click();
        const copy = page.getByRole("button", { name: "Copy Payload of the webhook" });
        await copy.click();
        await page.getByRole("button", { name: "Copied Payload of the webhook" }).waitFor();
        const payload = (await page.evaluate(() => navigator.clipboard.readText()))
          .replace("$EVENT_TITLE", "[Triggered on {host:web-07}] CPU is high")
          .replace("$ALERT_TRANSITION", "Triggered")
          .replace("$HOSTNAME", "web-07");
        await page.getByText("What would a payload become?").click();
        const trial = page.getByRole("region", { name: "What becomes of the payload" });
        await page.getByLabel("A payload").fill("{");
        await trial.getByText("not JSON").waitFor();
        await page.getByLabel("A payload").fill(payload);
        await trial.getByText("It would open an incident of its own.").waitFor();
        const address = await codeOf(page, "Webhook address");
        const answer = await fetch(address, { method: "POST", body: payload });
        expect(await answer.json()).toMatchObject({ status: "received" });
        await page.getByText(/alert received/i).waitFor();
        await page.getByLabel("A payload").fill(`${payload} `);
        await trial.getByText("It would be counted as a repeat of the alert that fires").waitFor();
        await trial.getByRole("link", { name: /^Open High CPU/ }).waitFor();
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    );
    const { items: alerts } = await api.json<{ items: Alert[] }>("GET", `/api/alerts?company_id=${id}`);
    expect(alerts).toMatchObject([
      { asset_name: "web-07", raw_signature: "CPU is high", tool_source: "datadog" },
    ]);
  });

  it("tells at once which delivery was refused, and by how much a clock is off", async () => {
    const made = await api.createCompany("Refused Ltd");
    const post = async (change: Parameters<typeof signedRequest>[2], secret = made.hmac_secret) => {
      const keys = { api_key: made.api_key, hmac_secret: secret };
      const request = await signedRequest(keys, firing("r1", "host_down"), {
        origin: instance.url,
        ...change,
      });
      return (await fetch(request)).status;
    };
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/companies/${made.id}/integrations`);
      const refused = panel(page, "Refused deliveries");
      await refused.getByText("No delivery was refused").waitFor();
      expect(await post({ timestamp: Math.floor(Date.now() / 1000) - 1200 })).toBe(401);
      await refused.getByText(/clock is (19|20)m behind/).waitFor();
      expect(await post({}, "whs_wrong")).toBe(401);
      await refused.getByText("Bad signature").waitFor(SOON);
    });
  });

  it("keeps two editors from overwriting each other", async () => {
    const { id } = await api.createCompany("Two Editors Ltd");
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/security`);
        const limit = panel(page, "Rate limit");
        const save = limit.getByRole("button", { name: "Save rate limit" });
        const theirs = { requests_per_minute: 77, burst: 88 };
        await api.json("PUT", `/api/companies/${id}/rate-limit`, theirs);
        await limit.getByLabel("Burst").fill("5");
        await save.click();
        const conflict = limit.getByRole("alert").filter({ hasText: "Somebody else changed this" });
        await conflict.getByText("88").waitFor();
        expect((await detail(id)).rate_limit).toEqual(theirs);
        await conflict.getByRole("button", { name: "Take theirs" }).click();
        await expect.poll(() => limit.getByLabel("Burst").inputValue(), SOON).toBe("88");
        expect(await conflict.count()).toBe(0);

        // Twice by the same editor is no conflict; over somebody's head is a choice.
        for (const burst of ["9", "10"]) {
          await limit.getByLabel("Burst").fill(burst);
          await save.click();
          await expect.poll(async () => (await detail(id)).rate_limit.burst, SOON).toBe(Number(burst));
          await limit.getByText("Saved").waitFor();
        }
        await api.json("PUT", `/api/companies/${id}/rate-limit`, theirs);
        await limit.getByLabel("Burst").fill("11");
        await save.click();
        await conflict.getByRole("button", { name: "Save mine over it" }).click();
        await limit.getByText("Saved").waitFor();
        expect((await detail(id)).rate_limit.burst).toBe(11);
      },
      { expectedErrors: [/422/] },
    );
  });

  it("brands the portal: a logo looked at before it is saved, a colour judged in both themes", async () => {
    const { id } = await api.createCompany("Brand Ltd");
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/branding`);
        const form = panel(page, "Branding");
        const logo = panel(page, "Logo");
        const upload = (name: string, mimeType: string, buffer: Buffer) =>
          logo.getByLabel("Logo file").setInputFiles({ name, mimeType, buffer });
        await upload("not.png", "image/png", Buffer.from("<svg onload=alert(1)>"));
        await logo.getByRole("button", { name: "Save logo" }).click();
        await logo.getByRole("alert").waitFor();
        await upload("logo.png", "image/png", Buffer.from(png(64)));
        expect(await logo.getByAltText("Logo on dark").getAttribute("src")).toMatch(/^data:image\/png/);
        await logo.getByRole("button", { name: "Save logo" }).click();
        await page.getByText("Logo saved").waitFor();
        await expect
          .poll(() => logo.getByAltText("Logo on dark").getAttribute("src"), SOON)
          .toContain(`/api/companies/${id}/branding/logo`);

        await form.getByLabel("Brand colour", { exact: true }).fill("#ffee00");
        await form.getByText(/Light theme: .*too faint/).waitFor();
        await form.getByText(/Dark theme: .*reads well/).waitFor();
        await form.getByRole("button", { name: "Save branding" }).click();
        await form.getByText("Saved").waitFor();
        const brand = await api.json<Branding>("GET", `/api/companies/${id}/branding`);
        expect(brand).toMatchObject({
          color: "#ffee00",
          logo_url: expect.stringContaining("/branding/logo"),
        });
        await logo.getByRole("button", { name: "Remove" }).click();
        await page.getByText("Logo removed").waitFor();
      },
      { expectedErrors: [/422/] },
    );
  });

  it("exports to a zip that can be fetched, and is deleted behind its typed name", async () => {
    const { id } = await api.createCompany("Ending Ltd");
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/companies/${id}/data`);
      const exported = panel(page, "Export");
      await exported.getByRole("button", { name: "Export everything" }).click();
      const link = exported.getByRole("link", { name: "Download" });
      await link.waitFor({ timeout: 30_000 });
      const download = page.waitForEvent("download");
      await link.click();
      expect((await download).suggestedFilename()).toMatch(/\.zip$/);

      const retention = panel(page, "Retention");
      await retention.getByLabel("Keep alerts, days").fill("30");
      await retention.getByRole("button", { name: "Save retention" }).click();
      await retention.getByText("Saved").waitFor();
      expect((await detail(id)).retention.alerts_days).toBe(30);

      await page.getByRole("button", { name: "Delete Ending Ltd" }).click();
      const dialog = page.getByRole("dialog");
      const sure = dialog.getByRole("button", { name: "Delete the company" });
      await dialog.getByRole("textbox").fill("Ending");
      expect(await sure.isDisabled()).toBe(true);
      await dialog.getByRole("textbox").fill("Ending Ltd");
      await sure.click();
      await page.waitForURL("**/companies?deletion=*");
      await page.getByText("The company is deleted").waitFor({ timeout: 30_000 });
      await page.waitForURL("**/companies");
      await expect.poll(() => page.getByRole("link", { name: "Ending Ltd" }).count(), SOON).toBe(0);
      expect((await api.request("GET", `/api/companies/${id}`)).status).toBe(404);
    });
  });

  it("lets a technician look and change nothing, and a company's administrator change their own alone", async () => {
    const own = await api.createCompany("Own Ltd");
    const other = await api.createCompany("Other Ltd");
    await confirmAddress(instance, api, instance.admin.email);
    const as = async (role: string, story: (page: Page) => Promise<void>, expectedErrors: RegExp[]) => {
      const email = `${role}@own.example`;
      const person = await joins(instance, api, { email, name: role, role, company_ids: [own.id] });
      const [name = "", ...value] = person.cookie.split("=");
      const cookie = { name, value: value.join("="), url: instance.url };
      await withPage(
        browser,
        instance,
        async (page) => {
          await page.context().addCookies([cookie]);
          await story(page);
        },
        { signedOut: true, expectedErrors },
      );
    };
    await as(
      "technician",
      async (page) => {
        for (const path of [
          "",
          "/integrations",
          "/correlation",
          "/security",
          "/branding",
          "/people",
          "/data",
        ]) {
          await openLive(page, `/companies/${own.id}${path}`);
          await page.getByRole("heading", { level: 1, name: "Own Ltd" }).waitFor();
          const changing = page.getByRole("main").getByRole("button", {
            name: /^(Save|Delete|Revoke|Issue|Make|Export|Invite|Choose)/,
          });
          expect(await changing.count(), path).toBe(0);
        }
        await page.goto(`/companies/${own.id}/security`);
        expect(await page.getByLabel("Burst").isDisabled()).toBe(true);
        await page.goto("/companies");
        await page.getByRole("link", { name: "Own Ltd", exact: true }).waitFor();
        expect(await page.getByRole("link", { name: "Add a company" }).count()).toBe(0);
        await page.goto("/companies/new");
        await page.getByText("You have no permission for this").waitFor();
      },
      [/403/],
    );
    await as(
      "company_admin",
      async (page) => {
        await openLive(page, `/companies/${own.id}/correlation`);
        await page.getByLabel("Window, minutes").fill("9");
        await page.getByRole("button", { name: "Save correlation" }).click();
        await panel(page, "Correlation").getByText("Saved").waitFor();
        expect((await detail(own.id)).correlation.window_minutes).toBe(9);
        await page.goto(`/companies/${own.id}/data`);
        await panel(page, "Export").waitFor();
        expect(await page.getByRole("button", { name: /^Delete/ }).count()).toBe(0);
        await page.goto(`/companies/${other.id}/security`);
        await page.getByText("Nothing is here").waitFor();
        await page.goto("/companies");
        await page.getByRole("link", { name: "Own Ltd", exact: true }).waitFor();
        expect(await page.getByRole("link", { name: "Other Ltd" }).count()).toBe(0);
      },
      [/404/],
    );
  });
});
