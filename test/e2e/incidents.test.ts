import type { Browser } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { countLoads, firing, openLive, rowWith, sendTo, titles } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";

/** Lists are a projection that may be a second behind. */
const SOON = { timeout: 10_000 };
const MANY = process.env.FULL ? 10_000 : 1_000;

describe.skipIf(!CHROMIUM)("incidents and alerts in the console", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  /** Each test looks at a company of its own. */
  async function company(name: string): Promise<LocalCompany> {
    const made = await api.createCompany(name);
    await api.liftRateLimit(made.id);
    return made;
  }

  it("keeps the list in order while nobody reads it, and still while somebody does", async () => {
    const own = await company("Order Ltd");
    await sendTo(instance, own, firing("web-01", "high_cpu_usage"));
    await sendTo(instance, own, firing("web-02", "high_cpu_usage"));
    await sendTo(instance, own, firing("web-02", "high_cpu_usage", { message: "again" }));
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/incidents?company_id=${own.id}`);
      const loads = countLoads(page);
      const order = async () => (await titles(page)).map((title) => /web-\d+/.exec(title)?.[0]);
      await expect.poll(order, SOON).toEqual(["web-02", "web-01"]);

      // One rises past its neighbour: it moves up by itself.
      for (const nth of [1, 2, 3])
        await sendTo(instance, own, firing("web-01", "high_cpu_usage", { message: `again ${nth}` }));
      await expect.poll(order, SOON).toEqual(["web-01", "web-02"]);

      // Under the pointer nothing moves: what is new waits.
      await rowWith(page, "web-02").hover();
      await sendTo(instance, own, firing("web-03", "host_down", { severity: "critical" }));
      await page.getByRole("button", { name: "1 new" }).waitFor();
      expect(await order()).toEqual(["web-01", "web-02"]);
      // By key: a pointer on its way there may leave the list, and then the row needs no button any more.
      await page.getByRole("button", { name: "1 new" }).press("Enter");
      await expect.poll(order, SOON).toEqual(["web-03", "web-01", "web-02"]);

      await rowWith(page, "web-02").hover();
      await sendTo(instance, own, firing("web-04", "host_down", { severity: "critical" }));
      await page.getByRole("button", { name: "1 new" }).waitFor();
      await page.mouse.move(5, 5);
      await expect.poll(async () => (await order()).length, SOON).toBe(4);
      expect(loads()).toBe(0);
    });
  });

  it("is driven by keys alone", async () => {
    const own = await company("Keyboard Ltd");
    const hosts = ["db-01", "db-02", "db-03"];
    for (const host of hosts) await sendTo(instance, own, firing(host, "disk_full"));
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/incidents?company_id=${own.id}`);
      await rowWith(page, "db-01").waitFor();
      await expect.poll(async () => (await titles(page)).length, SOON).toBe(3);
      const rows = await titles(page);
      const focused = () =>
        page.evaluate(() => document.activeElement?.querySelector("a")?.textContent ?? "");

      await page.keyboard.press("j");
      await expect.poll(focused, SOON).toBe(rows[0]);
      await page.keyboard.press("j");
      await expect.poll(focused, SOON).toBe(rows[1]);
      await page.keyboard.press("k");
      await expect.poll(focused, SOON).toBe(rows[0]);

      await page.keyboard.press("a");
      await rowWith(page, rows[0] ?? "")
        .getByText("Acknowledged")
        .waitFor();

      await page.keyboard.press("j");
      await page.keyboard.press("r");
      const dialog = page.getByRole("dialog", { name: "Resolve incident" });
      await dialog.getByLabel("Notes").fill("Made room.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await rowWith(page, rows[1] ?? "")
        .getByText("Resolved")
        .waitFor();

      await page.keyboard.press("x");
      await page
        .getByRole("toolbar", { name: "Selected incidents" })
        .getByText("1 incident selected")
        .waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("toolbar", { name: "Selected incidents" }).waitFor({ state: "detached" });

      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Next incident").waitFor();
      await page.keyboard.press("Escape");

      await page.keyboard.press("/");
      await page.keyboard.type("db-03");
      await page.waitForURL(/q=db-03/);
      await expect.poll(async () => (await titles(page)).length, SOON).toBe(1);
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Search incidents, companies, pages").waitFor();
      await page.keyboard.press("Escape");
      await page.getByPlaceholder("Search incidents, companies, pages").waitFor({ state: "detached" });

      await page.locator("main h1").click();
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/incidents/in_*");
      await page.getByRole("heading", { level: 1, name: /db-03/ }).waitFor();
      await page.keyboard.press("a");
      await page
        .getByRole("region", { name: "Timeline" })
        .getByText(/acknowledged it/)
        .waitFor();
    });
  });

  it("acknowledges many at once and says how many", async () => {
    const own = await company("Bulk Ltd");
    for (const nth of [1, 2, 3, 4]) await sendTo(instance, own, firing(`app-0${nth}`, "service_down"));
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/incidents?company_id=${own.id}`);
      await expect.poll(() => page.locator("[data-row]").count(), SOON).toBe(4);
      for (const nth of [1, 2, 3]) await page.getByLabel(`Select Service down on app-0${nth}`).check();
      const bar = page.getByRole("toolbar", { name: "Selected incidents" });
      await bar.getByText("3 incidents selected").waitFor();
      await bar.getByRole("button", { name: "Acknowledge" }).click();
      await page.getByText("Acknowledged 3 incidents").waitFor();
      await bar.waitFor({ state: "detached" });
      await expect
        .poll(() => page.locator("[data-row]").filter({ hasText: "Acknowledged" }).count(), SOON)
        .toBe(3);
    });
  });

  it("shows whatever a tool sends as text", async () => {
    const own = await company("<b>Hostile</b> & Sons");
    const nasty = `<img src=x onerror="document.title='owned'"><script>alert(1)</script>'; DROP TABLE incidents;--`;
    await sendTo(instance, own, {
      asset_name: `host ${nasty}`,
      signature: `sig ${nasty}`,
      severity: nasty,
      message: `message ${nasty}`,
      tool_source: `<i>tool</i>`,
      category: nasty,
      dedup_key: `key ${nasty}`,
      tags: { "<b>tag</b>": nasty, __proto__x: "{{7*7}}" },
      links: [
        { label: nasty, url: "https://wiki.example/<script>" },
        { label: "bad", url: "javascript:alert(1)" },
      ],
    });
    await withPage(browser, instance, async (page) => {
      const dialogs: string[] = [];
      page.on("dialog", (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
      const untouched = async () => {
        expect(await page.locator("img, main b, main i, main script, [onerror]").count()).toBe(0);
        expect(await page.locator("a[href^='javascript']").count()).toBe(0);
        expect(await page.title()).not.toBe("owned");
      };
      await openLive(page, `/dashboard?company_id=${own.id}`);
      await page.getByText("<b>Hostile</b> & Sons").first().waitFor();
      await untouched();
      await openLive(page, `/incidents?company_id=${own.id}`);
      await page.locator("[data-row]").first().waitFor();
      await untouched();
      await page.locator("[data-row] a").first().click();
      await page.getByRole("heading", { level: 1, name: /<img src=x/ }).waitFor();
      await page.getByRole("region", { name: "Alerts" }).locator("summary").first().click();
      await page.getByText("<b>tag</b>=").waitFor();
      await untouched();
      await openLive(page, `/alerts?company_id=${own.id}`);
      await page.getByRole("table", { name: "Alerts" }).getByRole("link").first().click();
      await page.getByRole("dialog").getByText("Dedup key").waitFor();
      await untouched();
      await page.goto("/companies");
      await page.getByRole("link", { name: "<b>Hostile</b> & Sons", exact: true }).waitFor();
      await untouched();
      expect(dialogs).toEqual([]);
    });
  });

  it("counts and tells on the overview by itself", async () => {
    const own = await company("Overview Ltd");
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/dashboard?company_id=${own.id}`);
      const loads = countLoads(page);
      const figure = (label: string) =>
        page.getByRole("list", { name: "Key figures" }).getByRole("listitem").filter({ hasText: label });
      await figure("Active incidents").getByText("0", { exact: true }).waitFor();
      await page.getByRole("region", { name: "Open incidents" }).getByText("Nothing is open").waitFor();

      await sendTo(instance, own, firing("core-sw", "host_down", { severity: "critical" }));
      const activity = page.getByRole("region", { name: "Activity" });
      await activity.getByText(/Incident opened: .*core-sw/).waitFor();
      await activity.getByText(/host_down on core-sw/).waitFor();
      await page
        .getByRole("region", { name: "Open incidents" })
        .getByText(/core-sw/)
        .waitFor();
      await figure("Active incidents").getByText("1", { exact: true }).waitFor();
      await figure("Critical").getByText("1", { exact: true }).waitFor();

      const { items } = await api.json<{ items: { id: string }[] }>(
        "GET",
        `/api/incidents?company_id=${own.id}`,
      );
      await api.json("POST", `/api/incidents/${items[0]?.id}/resolve`, { notes: "" });
      await activity.getByText(/resolved Host down on core-sw/i).waitFor();
      await figure("Active incidents").getByText("0", { exact: true }).waitFor();
      expect(loads()).toBe(0);
    });
  });

  it("keeps the filters of alerts in the address", async () => {
    const own = await company("Filters Ltd");
    await sendTo(instance, own, [
      firing("web-01", "high_cpu_usage", { tool_source: "zabbix", severity: "low" }),
      firing("web-02", "disk_full", { tool_source: "datadog", severity: "critical" }),
      firing("web-03", "host_down", { tool_source: "datadog" }),
    ]);
    await sendTo(
      instance,
      own,
      firing("web-03", "host_down", { tool_source: "datadog", status: "resolved" }),
    );
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/alerts?company_id=${own.id}`);
      const rows = page.getByRole("table", { name: "Alerts" }).locator("tbody tr");
      await expect.poll(() => rows.count(), SOON).toBe(3);
      await page.getByLabel("Tool", { exact: true }).selectOption("datadog");
      await expect.poll(() => rows.count(), SOON).toBe(2);
      await page.getByLabel("Status", { exact: true }).selectOption("firing");
      await expect.poll(() => rows.count(), SOON).toBe(1);
      await page.getByLabel("Severity", { exact: true }).selectOption("critical");
      await page.getByLabel("Search alerts").fill("disk");
      await page.waitForURL(/q=disk/);
      const address = new URL(page.url()).searchParams;
      expect(Object.fromEntries(address)).toEqual({
        company_id: own.id,
        tool: "datadog",
        status: "firing",
        severity: "critical",
        q: "disk",
      });

      // Whoever is sent this address sees the same, and an opened alert is part of it.
      await page.reload();
      await expect.poll(() => rows.count(), SOON).toBe(1);
      expect(await page.getByLabel("Tool", { exact: true }).inputValue()).toBe("datadog");
      await rows.first().getByRole("link").click();
      await page.waitForURL(/alert=al_/);
      await page.getByRole("dialog", { name: /web-02/ }).waitFor();
      await page.reload();
      await page
        .getByRole("dialog", { name: /web-02/ })
        .getByText("Open its incident")
        .waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByLabel("Search alerts").fill("nothing like it");
      await page.getByText(/no alert matches/i).waitFor();
    });
  });

  it(`keeps few rows on the page with ${MANY} incidents`, async () => {
    const own = await company("Many Ltd");
    await api.neverStorm(own.id);
    for (let from = 0; from < MANY; from += 1000) {
      const batch = Array.from({ length: 1000 }, (_, n) => firing(`node-${from + n}`, "host_down"));
      await sendTo(instance, own, batch);
    }
    const open = async () =>
      (await api.json<{ active_incidents: number }>("GET", `/api/kpis?company_id=${own.id}`))
        .active_incidents;
    await expect.poll(open, { timeout: 240_000, interval: 500 }).toBe(MANY);
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/incidents?company_id=${own.id}`);
      const rows = page.locator("[data-row]");
      const scroller = page.locator("div:has(> table)");
      let loaded = 0;
      for (let step = 0; step < 12; step++) {
        await scroller.evaluate((box) => box.scrollTo(0, box.scrollHeight));
        await page.waitForTimeout(120);
        expect(await rows.count()).toBeLessThan(100);
        loaded = Number(await page.getByRole("table").getAttribute("aria-rowcount")) - 1;
      }
      expect(loaded).toBeGreaterThan(300);
      await scroller.evaluate((box) => box.scrollTo(0, 0));
      await page.locator("main h1").click();
      for (let step = 0; step < 60; step++) await page.keyboard.press("j");
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex")), SOON)
        .toBe("61");
      expect(await rows.count()).toBeLessThan(100);
    });
  }, 300_000);
});
