import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../core/incident.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { firing, openLive, sendTo } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import { eventually } from "../support/eventually.ts";
import type { TestInstance } from "../support/instance.ts";

const PHONE = { width: 390, height: 844 };

describe.skipIf(!CHROMIUM)("how alerts are grouped, as a technician changes it", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  const listed = (companyId: string, n: number) =>
    eventually(async () => {
      const path = `/api/incidents?company_id=${companyId}&status=open`;
      const { items } = await api.json<{ items: Incident[] }>("GET", path);
      expect(items).toHaveLength(n);
      return items;
    });
  const wrong = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);

  it("merges, judges, sets a severity, splits, and takes a split back", async () => {
    const own = await api.createCompany(`Grouping ${crypto.randomUUID().slice(0, 8)}`);
    await sendTo(instance, own, firing("web-01", "high_cpu_usage"));
    await sendTo(instance, own, firing("db-01", "disk_full"));
    const first = (await listed(own.id, 2)).find(({ asset_names }) => asset_names.includes("web-01"));
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/incidents/${first?.id}`);
      const dialog = page.getByRole("dialog", { name: "Grouping" });
      const open = async () => {
        await page.getByRole("button", { name: "Grouping", exact: true }).click();
        await dialog.waitFor();
      };
      await open();
      await dialog.getByRole("checkbox", { name: /db-01/ }).check();
      expect(await wrong(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Merge", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("2 distinct alerts").waitFor();
      expect((await listed(own.id, 1))[0]).toMatchObject({ id: first?.id, distinct_alerts: 2 });

      await open();
      await dialog.getByLabel("Comment").fill("one power supply");
      await dialog.getByRole("button", { name: "Rightly grouped" }).click();
      await dialog.waitFor({ state: "detached" });
      await page
        .getByText(/one power supply/)
        .first()
        .waitFor();

      await open();
      await dialog.getByLabel("Severity").selectOption("critical");
      await dialog.getByRole("button", { name: "Set", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText(/changed the severity from .* to critical/).waitFor();

      await page.setViewportSize(PHONE);
      await open();
      await dialog
        .getByRole("list")
        .filter({ hasText: "web-01" })
        .getByRole("checkbox", { name: /db-01/ })
        .check();
      await dialog.getByLabel("Title of the new incident").fill("The disk alone");
      expect(await wrong(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      await dialog.getByRole("button", { name: "Split", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      const titles = (await listed(own.id, 2)).map(({ title }) => title);
      expect(titles).toContain("The disk alone");

      await open();
      await dialog.getByRole("button", { name: "Undo the split" }).click();
      await dialog.waitFor({ state: "detached" });
      await listed(own.id, 1);
    });
  });
});
