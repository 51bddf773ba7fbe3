import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import { CHROMIUM, launchBrowser, type PageOptions, withPage } from "../support/browser.ts";
import { sendTo, untilLive } from "../support/console-page.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { confirmAddress, joins } from "../support/people.ts";

const INTERNAL = "The vendor forgot the licence, do not tell them.";
const FOLDER = inRoot("test-results", "pages");
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const problem = (host: string, more: object = {}) => ({
  asset_name: host,
  signature: "high_cpu_usage",
  severity: "critical",
  message: "CPU at 99 %",
  tool_source: "zabbix",
  ...more,
});

describe.skipIf(!CHROMIUM)("the client's portal", () => {
  let instance: TestInstance;
  let browser: Browser;
  let admin: ApiClient;
  let client: ApiClient;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    instance = await startInstance();
    browser = await launchBrowser();
    admin = await instance.signIn();
    await confirmAddress(instance, admin, instance.admin.email);
    const olga = { email: "olga@client.example", name: "Olga Client", role: "client" };
    client = await joins(instance, admin, { ...olga, company_ids: [instance.company.id] });
    await admin.json("PUT", `/api/companies/${instance.company.id}/branding`, {
      color: "#0a7d5a",
      name: "Harbor IT",
    });
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const asClient = (story: (page: Page) => Promise<void>, options: PageOptions = {}) =>
    as(client, story, options);

  function as(
    who: ApiClient,
    story: (page: Page) => Promise<void>,
    options: PageOptions = {},
  ): Promise<void> {
    const [name = "", ...value] = who.cookie.split("=");
    const cookie = { name, value: value.join("="), domain: "127.0.0.1", path: "/", httpOnly: true };
    const whole = { ...cookie, secure: false, sameSite: "Lax" as const, expires: -1 };
    const storageState = { cookies: [whole], origins: [] };
    return withPage(browser, instance, story, { ...options, signedOut: true, storageState });
  }

  it("is all a client sees: what is open, live, in the provider's brand, and nothing internal", async () => {
    await asClient(async (page) => {
      await page.goto("/dashboard");
      await page.waitForURL("**/portal");
      await untilLive(page);
      await page.getByText("Harbor IT", { exact: true }).waitFor();
      await page.getByRole("heading", { name: "Everything is running normally." }).waitFor();
      let loads = 0;
      page.on("load", () => {
        loads += 1;
      });

      expect((await instance.post(problem("db-1"))).status).toBe(202);
      await page.getByRole("heading", { name: /One critical problem on db-1; noticed at/ }).waitFor();
      const open = page.getByRole("region", { name: "Open now" });
      await open.getByText("Noticed", { exact: true }).waitFor();

      const [incident] = await eventually(async () => {
        const { items } = await admin.json<{ items: { id: string }[] }>("GET", "/api/incidents");
        expect(items).toHaveLength(1);
        return items;
      });
      const at = `/api/incidents/${incident?.id}`;
      await admin.json("POST", `${at}/acknowledge`, {});
      await page.getByRole("heading", { name: /your provider is working on it since/ }).waitFor();
      await open.getByRole("link").click();
      const story = page.getByRole("region", { name: "What happened" });
      await story.getByText("Your provider is working on it.").waitFor();
      await admin.json("POST", `${at}/note`, { text: INTERNAL });
      await admin.json("POST", `${at}/note`, { text: "A technician is on the way.", public: true });
      await story.getByText("A technician is on the way.").waitFor();
      await admin.json("POST", `${at}/resolve`, { notes: INTERNAL });
      await story.getByText("Your provider resolved it.").waitFor();
      expect(await page.content()).not.toContain(INTERNAL);
      expect(await page.content()).not.toContain("zabbix");

      await page.getByRole("link", { name: "Back to what is open" }).click();
      await page.getByRole("heading", { name: "Everything is running normally." }).waitFor();
      await page
        .getByRole("region", { name: "Recently resolved" })
        .getByText("Resolved", { exact: true })
        .waitFor();
      await page.getByRole("link", { name: "History" }).click();
      await page.getByRole("heading", { name: "History", level: 1 }).waitFor();
      await page.getByRole("link", { name: /db-1/ }).waitFor();
      expect(loads).toBe(0);
    });
  });

  it("says of what fires and recovers again and again that it comes and goes", async () => {
    for (let i = 0; i < 8; i++)
      await instance.post(
        problem("fan-1", { status: i % 2 ? "resolved" : "firing", message: `Change ${i}` }),
      );
    const at = await eventually(async () => {
      const { items } = await admin.json<{ items: { id: string; flapping: boolean }[] }>(
        "GET",
        "/api/incidents?q=fan-1",
      );
      expect(items).toMatchObject([{ flapping: true }]);
      return `/api/incidents/${items[0]?.id}`;
    });
    await asClient(async (page) => {
      await page.goto("/portal");
      const open = page.getByRole("region", { name: "Open now" });
      await open.getByText("Comes and goes").waitFor();
      await open.getByRole("link", { name: /fan-1/ }).click();
      await page.getByRole("region", { name: "What happened" }).getByText("It comes and goes.").waitFor();
      expect(await page.locator("body").innerText()).not.toMatch(/flapping/i);
    }, PHONE);
    await admin.json("POST", `${at}/resolve`, { notes: INTERNAL });
  });

  it("lets a client read and nothing else, through the API too", async () => {
    const [incident] = (await admin.json<{ items: { id: string }[] }>("GET", "/api/incidents")).items;
    const tries: [string, string][] = [
      ["POST", `/api/incidents/${incident?.id}/acknowledge`],
      ["POST", `/api/incidents/${incident?.id}/note`],
      ["GET", "/api/incidents"],
      ["GET", `/api/companies/${instance.company.id}`],
      ["GET", "/api/people"],
      ["GET", "/api/audit"],
    ];
    for (const [method, path] of tries) {
      const answer = await client.request(method, path, method === "POST" ? { text: "x" } : undefined);
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  it("looks right in both themes and on a phone, and axe finds nothing", async () => {
    await instance.post(problem("web-1", { severity: "high", signature: "disk_full" }));
    await eventually(async () => {
      const { open } = await client.json<{ open: object[] }>("GET", "/api/portal");
      expect(open).toHaveLength(1);
    });
    const { items } = await client.json<{ items: { id: string }[] }>("GET", "/api/portal/incidents");
    const shots = [
      ["portal", "/portal"],
      ["portal-history", "/portal/history"],
      ["portal-incident", `/portal/incidents/${items.at(-1)?.id}`],
    ] as const;
    for (const [theme, look] of [
      ["dark", { viewport: { width: 1440, height: 900 } }],
      ["light", PHONE],
    ] as const)
      await asClient(async (page) => {
        await page.context().addCookies([{ name: "aw_theme", value: theme, url: instance.url }]);
        for (const [name, path] of shots) {
          await page.goto(path);
          await untilLive(page);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => [name, theme, id, nodes[0]?.html])).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect([name, theme, wide]).toEqual([name, theme, 0]);
          const size = look.viewport.width;
          await page.screenshot({ path: `${FOLDER}/${name}-${theme}-${size}.png`, fullPage: true });
        }
      }, look);
  });

  it("shows somebody of two companies one at a time, and another company's client neither", async () => {
    const second = await admin.createCompany("Second Company", "UTC");
    const names = { email: "pat@client.example", name: "Pat Manager", role: "company_admin" };
    const pat = await joins(instance, admin, { ...names, company_ids: [instance.company.id, second.id] });
    await as(pat, async (page) => {
      await page.goto("/portal");
      await page.getByLabel("Company").selectOption("Second Company");
      await page.getByText("for Second Company").waitFor();
      await untilLive(page);
      await sendTo(instance, second, problem("second-db"));
      await page.getByRole("heading", { name: /on second-db; noticed at/ }).waitFor();
      const open = page.getByRole("list", { name: "Open incidents" });
      await open.getByRole("link", { name: /second-db/ }).click();
      await page.getByRole("region", { name: "What happened" }).waitFor();
      // An address without the company, as from a mail, still opens in the incident's own.
      const { pathname } = new URL(page.url());
      await page.goto(pathname);
      await page.getByText("for Second Company").waitFor();
      await page.getByRole("link", { name: "Console" }).waitFor();
      await asClient(
        async (other) => {
          await other.goto(pathname);
          await other.getByRole("heading", { name: "Nothing is here" }).waitFor();
          expect(await other.content()).not.toContain("second-db");
        },
        { expectedErrors: [/status of 404/] },
      );
    });
  });
});
