import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Asset } from "../../core/asset-schema.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { countLoads, firing, openLive, rowWith, sendTo } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";

const SOON = { timeout: 10_000 };
const FOLDER = inRoot("test-results", "assets");

const CSV = [
  "name,type,ip,instance_id,os,environment,tags,critical,aliases,depends_on",
  'web-01,vm,10.0.0.7,i-0abc,Debian 13,production,"shop; eu-west",no,,db-01',
  "db-01,database,10.0.0.8,,Debian 13,production,shop,yes,orders,core-sw",
  "core-sw,network,10.0.0.1,,,production,,yes,,",
  "bad-01,toaster,,,,,,,,",
].join("\n");

describe.skipIf(!CHROMIUM)("assets in the console", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  beforeAll(() => {
    mkdirSync(FOLDER, { recursive: true });
  });
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  const onPage = (story: (page: Page) => Promise<void>, expectedErrors: RegExp[] = []) =>
    withPage(browser, instance, story, { viewport: { width: 1440, height: 900 }, expectedErrors });
  const list = async (company: LocalCompany) =>
    (await api.json<{ items: Asset[] }>("GET", `/api/companies/${company.id}/assets?sort=name`)).items;
  const names = (page: Page) =>
    page
      .locator("[data-row]")
      .evaluateAll((rows) =>
        rows
          .sort((a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex")))
          .map((row) => row.querySelector("a")?.textContent),
      );

  it("are imported from a list that is looked at first", async () => {
    const company = await api.createCompany("Import Ltd");
    await onPage(
      async (page) => {
        await openLive(page, `/assets?company_id=${company.id}`);
        await page.getByText("No assets yet").waitFor();
        await page.getByRole("button", { name: "Import CSV" }).first().click();
        const dialog = page.getByRole("dialog");
        await dialog
          .locator("input[type=file]")
          .setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("colour\nred") });
        await dialog.getByRole("alert").filter({ hasText: "has to name the columns" }).waitFor();
        await dialog
          .locator("input[type=file]")
          .setInputFiles({ name: "assets.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
        await dialog.getByText("type: not one of server").waitFor();
        expect(await dialog.getByRole("row").nth(1).textContent()).toContain("bad-01");
        expect(await list(company)).toEqual([]);
        await dialog.getByRole("button", { name: "Import 3 assets" }).click();
        await page.getByText("Assets imported").waitFor();
        await expect.poll(() => names(page), SOON).toEqual(["core-sw", "db-01", "web-01"]);
        expect((await list(company)).map(({ critical }) => critical)).toEqual([true, true, false]);
      },
      [/422/],
    );
  });

  it("are added, edited with words beside the field, marked critical and deleted", async () => {
    const company = await api.createCompany("Forms Ltd");
    await api.json("POST", `/api/companies/${company.id}/assets`, { name: "host-01", ip: "10.0.0.9" });
    await onPage(
      async (page) => {
        await openLive(page, `/companies/${company.id}/assets`);
        await page.getByRole("button", { name: "Add asset" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("IP address").fill("10.0.0.9");
        await dialog.getByRole("button", { name: "Add asset" }).click();
        await dialog.getByText("give the asset a name").waitFor();
        await dialog.getByLabel("Name", { exact: true }).fill("guest-01");
        await dialog.getByLabel("Tags").fill("shop, eu-west");
        await dialog.getByRole("button", { name: "Add asset" }).click();
        await dialog.getByText("means the asset host-01 already").waitFor();
        // What was typed stays, to be put right.
        expect(await dialog.getByLabel("Tags").inputValue()).toBe("shop, eu-west");
        await dialog.getByLabel("IP address").fill("10.0.0.10");
        await dialog.getByLabel("Depends on", { exact: true }).fill("host");
        await dialog.getByRole("button", { name: "Depends on host-01" }).click();
        await dialog.getByRole("button", { name: "Add asset" }).click();
        await page.getByText("Asset added").waitFor();
        await expect.poll(() => names(page), SOON).toEqual(["guest-01", "host-01"]);
        const [guest, host] = await list(company);
        expect(guest).toMatchObject({ tags: ["shop", "eu-west"], ip: "10.0.0.10", depends_on: [host?.id] });

        await page.getByRole("button", { name: "Mark guest-01 as critical" }).click();
        await page.getByText("guest-01 is critical now").waitFor();
        await page.getByRole("button", { name: "guest-01 is critical; take the mark off" }).waitFor();

        await page.getByRole("button", { name: "Edit host-01" }).click();
        await dialog.getByLabel("Depends on", { exact: true }).fill("guest");
        await dialog.getByRole("button", { name: "Depends on guest-01" }).click();
        await dialog.getByRole("button", { name: "Save asset" }).click();
        await dialog.getByText("host-01 → guest-01 → host-01").waitFor();
        await dialog.getByRole("button", { name: "No longer depends on guest-01" }).click();
        await dialog.getByLabel("Name", { exact: true }).fill("hypervisor-01");
        await dialog.getByRole("button", { name: "Save asset" }).click();
        await page.getByText("Asset saved").waitFor();
        await expect.poll(() => names(page), SOON).toEqual(["guest-01", "hypervisor-01"]);

        await page.getByRole("link", { name: "hypervisor-01" }).click();
        await page.getByRole("heading", { level: 1, name: "hypervisor-01" }).waitFor();
        await page.getByRole("list", { name: "Needed by" }).getByText("guest-01").waitFor();
        await page.getByRole("button", { name: "Delete" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
        await page.getByText("hypervisor-01 deleted").waitFor();
        await page.waitForURL(`**/companies/${company.id}/assets`);
        await expect.poll(() => names(page), SOON).toEqual(["guest-01"]);
      },
      [/422/],
    );
  });

  it("show their health as alerts come and go, and what somebody reads does not jump", async () => {
    const company = await api.createCompany("Live Ltd");
    for (const name of ["aaa-01", "db-01", "web-01"])
      await api.json("POST", `/api/companies/${company.id}/assets`, { name });
    await onPage(async (page) => {
      await openLive(page, `/assets?company_id=${company.id}`);
      const loads = countLoads(page);
      await expect.poll(() => names(page), SOON).toEqual(["aaa-01", "db-01", "web-01"]);
      await sendTo(instance, company, firing("web-01", "disk_full", { severity: "critical" }));
      await rowWith(page, "web-01").getByText("Critical", { exact: true }).waitFor();
      await expect.poll(() => names(page), SOON).toEqual(["web-01", "aaa-01", "db-01"]);

      await rowWith(page, "aaa-01").hover();
      await sendTo(instance, company, firing("db-01", "disk_full", { severity: "high" }));
      await rowWith(page, "db-01").getByText("High", { exact: true }).waitFor();
      expect(await names(page)).toEqual(["web-01", "aaa-01", "db-01"]);
      await page.mouse.move(5, 5);
      await expect.poll(() => names(page), SOON).toEqual(["web-01", "db-01", "aaa-01"]);

      await page.getByRole("link", { name: "web-01", exact: true }).click();
      await page.getByRole("list", { name: "Open alerts" }).getByText("disk_full on web-01").waitFor();
      await sendTo(
        instance,
        company,
        firing("web-01", "disk_full", { status: "resolved", severity: "critical" }),
      );
      await page.getByText("Nothing fires on it.").waitFor();
      await page.getByRole("list", { name: "Incidents" }).getByRole("link").first().waitFor();
      await page.getByRole("button", { name: "Alerts", exact: true }).click();
      await page
        .getByRole("list", { name: "Alerts", exact: true })
        .getByText("disk_full on web-01")
        .waitFor();
      expect(loads()).toBe(0);
    });
  });

  it("keep their filters in the address, thousands of them, and come out as a file", async () => {
    const company = await api.createCompany("Many Ltd");
    const rows = Array.from(
      { length: 1500 },
      (_, i) => `host-${String(i).padStart(4, "0")},${i % 2 ? "vm" : "server"},${i < 40 ? "shop" : ""}`,
    );
    await api.json("POST", `/api/companies/${company.id}/assets/import`, {
      csv: ["name,type,tags", ...rows].join("\n"),
    });
    await onPage(async (page) => {
      await openLive(page, `/assets?company_id=${company.id}&type=vm`);
      await page.getByText("750 assets of Many Ltd").waitFor();
      expect(await page.getByLabel("Type").inputValue()).toBe("vm");
      expect(await page.locator("[data-row]").count()).toBeLessThan(80);
      const table = page.getByRole("table", { name: "Assets" });
      await expect
        .poll(async () => {
          await table.evaluate((element) => element.parentElement?.scrollTo(0, 1e6));
          return (await names(page)).at(-1);
        }, SOON)
        .toBe("host-1499");
      await page.getByLabel("Search assets").fill("host-003");
      await page.waitForURL(/q=host-003/);
      await expect.poll(() => names(page), SOON).toEqual([1, 3, 5, 7, 9].map((n) => `host-003${n}`));
      await page.getByRole("link", { name: "shop" }).first().click();
      await page.waitForURL(/tag=shop/);
      await page.getByRole("link", { name: "Name" }).click();
      await page.waitForURL(/sort=name/);
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Export CSV" }).click();
      expect((await download).suggestedFilename()).toBe("assets.csv");
      await page.getByLabel("Search assets").fill("nothing-like-it");
      await page.getByText("No asset matches these filters").waitFor();
      await page.getByRole("link", { name: "Show all assets" }).click();
      await page.getByText("1,500 assets of Many Ltd").waitFor();
    });
  });

  const PHONE: BrowserContextOptions = {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  };
  it.each([
    ["dark-1440", "dark", { viewport: { width: 1440, height: 900 } }],
    ["light-390", "light", PHONE],
  ] as const)("are looked at: %s", async (look, theme, context) => {
    const company = await api.createCompany(`Look ${look}`);
    await api.json("POST", `/api/companies/${company.id}/assets/import`, { csv: CSV });
    await sendTo(instance, company, [
      firing("web-01", "high_cpu_usage", { severity: "critical", message: "CPU at 97 % for five minutes" }),
      firing("web-01", "disk_full", { severity: "medium", message: "/var is 91 % full" }),
      firing("mail-01.look.example", "service_down", { message: "SMTP does not answer" }),
    ]);
    const web = (await list(company)).find(({ name }) => name === "web-01");
    const base = `/companies/${company.id}/assets`;
    const shots: [string, string, ((page: Page) => Promise<void>)?][] = [
      ["choose", "/assets"],
      ["list", `/assets?company_id=${company.id}`],
      ["tab", base],
      ["none", `/assets?company_id=${company.id}&q=nothing`],
      [
        "edit",
        `/assets?company_id=${company.id}`,
        async (page) => {
          await page.getByRole("button", { name: "Edit web-01" }).click();
          await page.getByLabel("Name", { exact: true }).waitFor();
        },
      ],
      [
        "import",
        `/assets?company_id=${company.id}`,
        async (page) => {
          await page.getByRole("button", { name: "Import CSV" }).first().click();
          await page.locator("input[type=file]").setInputFiles({
            name: "assets.csv",
            mimeType: "text/csv",
            buffer: Buffer.from(`${CSV}\nnew-01,vm`),
          });
          await page.getByText("type: not one of server").waitFor();
        },
      ],
      ["asset", `${base}/${web?.id}`],
    ];
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.context().addCookies([{ name: "aw_theme", value: theme, url: instance.url }]);
        for (const [name, path, ready] of shots) {
          await openLive(page, path);
          await ready?.(page);
          await page.screenshot({ path: `${FOLDER}/${name}-${look}.png`, fullPage: true });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(wide, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`,
          );
          expect(found, name).toEqual([]);
        }
      },
      context,
    );
  });

  it("are not shown to those who may not see them", async () => {
    await onPage(
      async (page) => {
        await page.goto("/assets?company_id=co_0000000000000000");
        await page.getByText("Nothing is here").waitFor();
        await page.goto(`/companies/${instance.company.id}/assets/as_0000000000000000_1`);
        await page.getByText("Nothing is here").waitFor();
      },
      [/404/],
    );
  });
});
