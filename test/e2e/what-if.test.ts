import type { Browser } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { CompanyCreated } from "../../core/company.ts";
import type { CorrelationSettings } from "../../core/settings.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { openLive } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";
import { payload } from "../support/payloads.ts";
import { signedRequest } from "../support/signing.ts";

describe.skipIf(!CHROMIUM)("what if", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  it("is tried on the company's own alerts, seen in lanes, and saved", async () => {
    const company = await api.json<CompanyCreated>("POST", "/api/companies", {
      name: `Try ${crypto.randomUUID().slice(0, 8)}`,
    });
    const alerts = Array.from({ length: 4 }, (_, i) =>
      payload({ asset_name: `web-0${i}`, signature: "service_down" }),
    );
    expect((await fetch(await signedRequest(company, alerts, { origin: instance.url }))).status).toBe(202);
    const { id } = company.company;
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/companies/${id}/correlation`);
      const form = page.getByRole("region", { name: "Correlation", exact: true });
      const tried = page.getByRole("region", { name: "Try it first" });
      await tried.getByRole("button", { name: "Try it" }).click();
      await tried.getByText("Nothing would change.").waitFor();

      await form.getByLabel("Alerts are one incident by").selectOption("signature");
      await tried.getByRole("button", { name: "Try it" }).click();
      await tried.getByText("4 incidents would merge into 1.").waitFor();
      await tried.getByRole("row", { name: "Incidents 4 1" }).waitFor();
      await tried
        .getByRole("img", { name: "4 assets over time: 4 incidents as it is, 1 as it would be" })
        .waitFor();
      await tried.getByText("As a table").click();
      expect(await tried.getByRole("row", { name: /web-0\d service_down/ }).count()).toBe(4);
      expect(await tried.getByRole("link", { name: "Service down on web-02" }).getAttribute("href")).toMatch(
        /^\/incidents\/in_/,
      );
      const kept = await api.json<CorrelationSettings>("GET", `/api/companies/${id}/correlation`);
      expect(kept.strategy).toBe("asset|signature");

      await form.getByRole("button", { name: "Save correlation" }).click();
      await form.getByText("Saved").waitFor();
      const saved = await api.json<CorrelationSettings>("GET", `/api/companies/${id}/correlation`);
      expect(saved.strategy).toBe("signature");
    });
  });

  it("fits a phone", async () => {
    const company = await api.json<CompanyCreated>("POST", "/api/companies", {
      name: `Phone ${crypto.randomUUID().slice(0, 8)}`,
    });
    const alerts = ["web-01", "web-02"].map((asset_name) =>
      payload({ asset_name, signature: "service_down" }),
    );
    expect((await fetch(await signedRequest(company, alerts, { origin: instance.url }))).status).toBe(202);
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${company.company.id}/correlation`);
        await page.getByLabel("Alerts are one incident by").selectOption("signature");
        await page.getByRole("button", { name: "Try it" }).click();
        await page.getByText("2 incidents would merge into 1.").waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
      },
      { viewport: { width: 390, height: 844 } },
    );
  });
});
