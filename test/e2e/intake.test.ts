import type { Browser } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { CompanyCreated } from "../../core/company.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";

describe.skipIf(!CHROMIUM)("a company's intake", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  it("a body of an unknown shape is kept, mapped by clicks, and sent again; a heartbeat is expected", async () => {
    const company = await api.json<CompanyCreated>("POST", "/api/companies", {
      name: `Odd ${crypto.randomUUID().slice(0, 8)}`,
    });
    const { id } = company.company;
    const url = `${instance.url}/api/webhooks/custom?api_key=${company.api_key}`;
    const body = { job: { server: "nas-07" }, what: "backup_failed", level: "5" };
    expect((await fetch(url, { method: "POST", body: JSON.stringify(body) })).status).toBe(422);
    await withPage(browser, instance, async (page) => {
      await page.goto(`/companies/${id}/intake`);
      await page.getByRole("button", { name: "New mapping" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name", { exact: true }).fill("Backups");
      await dialog.getByLabel("What is wrong").click();
      await dialog.getByRole("button", { name: "Take $.what for signature" }).click();
      await dialog.getByLabel("Asset", { exact: true }).click();
      await dialog.getByRole("button", { name: "Take $.job.server for asset_name" }).click();
      await dialog.getByLabel("Severity", { exact: true }).fill("$.level");
      await dialog.getByLabel("Words for how bad it is").fill("5 = critical");
      const preview = dialog.getByRole("region", { name: "What becomes of it" });
      await preview.getByText("backup_failed on nas-07").waitFor();
      await preview.getByText("critical").waitFor();
      await dialog.getByRole("button", { name: "Add mapping" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Look at it" }).click();
      await page.getByRole("figure", { name: "The body" }).getByText("nas-07").waitFor();
      await page.getByLabel("Read it").selectOption({ label: "by the mapping Backups" });
      await page.getByRole("button", { name: "Send again", exact: true }).click();
      await page.getByText(/sent again by/).waitFor();

      await page.getByRole("button", { name: "New heartbeat" }).click();
      await dialog.getByLabel("Name", { exact: true }).fill("Nightly");
      await dialog.getByLabel("Asset", { exact: true }).fill("nas-07");
      await dialog.getByRole("button", { name: "Expect it" }).click();
      await page.getByText("waiting for the first").waitFor();
    });
    const { items } = await api.json<{ items: { asset_name: string; severity: string }[] }>(
      "GET",
      `/api/alerts?company_id=${id}`,
    );
    expect(items).toMatchObject([{ asset_name: "nas-07", severity: "critical" }]);
  });
});
