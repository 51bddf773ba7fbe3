import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { firing, openLive, sendTo } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";

const SOON = { timeout: 15_000 };
const FOLDER = inRoot("test-results", "noise");

describe.skipIf(!CHROMIUM)("the noise page", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  beforeAll(() => {
    mkdirSync(FOLDER, { recursive: true });
  });
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  const onPage = (story: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) =>
    withPage(browser, instance, story, {
      viewport: { width: 1440, height: 1000 },
      expectedErrors: [/422/],
      ...options,
    });
  const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const alerts = async (company: LocalCompany) =>
    (await api.json<{ items: Alert[] }>("GET", `/api/alerts?company_id=${company.id}`)).items;
  const axe = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);

  it("a rule made there says first what it would have fitted, then names the incidents that come", async () => {
    const company = await api.createCompany("Rules Ltd");
    await sendTo(instance, company, firing("lab-1", "high_cpu_usage"));
    await sendTo(instance, company, firing("web-1", "high_cpu_usage"));
    await onPage(async (page) => {
      await openLive(page, `/companies/${company.id}/noise`);
      await page.getByText("No rules yet").waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/empty.png`, fullPage: true });
      await page.getByRole("button", { name: "Add a rule" }).click();
      const dialog = page.getByRole("dialog");
      const value = dialog.getByLabel("Condition 1: value");
      await dialog.getByLabel("Condition 1: comparison").selectOption("matches");
      await value.fill("lab-(");
      await dialog.getByRole("button", { name: "Add the rule" }).click();
      await dialog.getByText("give it a name").waitFor();
      await dialog.getByLabel("Name").fill("The lab");
      await dialog.getByLabel("Severity", { exact: true }).selectOption("low");
      await dialog.getByRole("button", { name: "Add the rule" }).click();
      await dialog.getByRole("alert").filter({ hasText: "not a valid pattern" }).waitFor();
      await value.fill("^lab-\\d+$");
      await dialog.getByText("Would have matched 1 of the last 2 alerts").waitFor();
      await dialog.getByLabel("Title of the incident").fill("Lab trouble on {asset}");
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/rule.png` });
      await dialog.getByRole("button", { name: "Add the rule" }).click();
      await page.getByText("Rule added").waitFor();
      await panel(page, "Rules").getByText("asset matches pattern").waitFor();

      await sendTo(instance, company, firing("lab-2", "disk_full"));
      await expect
        .poll(async () => {
          const path = `/api/incidents?company_id=${company.id}`;
          const { items } = await api.json<{ items: Incident[] }>("GET", path);
          return items.map(({ title, severity }) => `${severity} ${title}`);
        }, SOON)
        .toContain("low Lab trouble on lab-2");

      await page.getByRole("button", { name: "Add a rule" }).click();
      await dialog.getByLabel("Name").fill("Everything");
      await dialog.getByLabel("How the conditions belong together").selectOption("every");
      await dialog.getByLabel("Severity", { exact: true }).selectOption("critical");
      await dialog.getByRole("button", { name: "Add the rule" }).click();
      const rules = panel(page, "Rules").getByRole("listitem");
      await expect.poll(() => rules.count(), SOON).toBe(2);
      await page.getByRole("button", { name: "Move Everything up" }).press("Enter");
      await page.getByText("Everything moved up").waitFor();
      await expect.poll(async () => await rules.first().textContent(), SOON).toContain("Everything");
      await sendTo(instance, company, firing("lab-3", "disk_full"));
      await expect
        .poll(async () => (await alerts(company))[0], SOON)
        .toMatchObject({ asset_name: "lab-3", severity: "critical", original_severity: "high" });
    });
  });

  it("a window holds what comes, ends by itself, and one report says what became of it", async () => {
    const company = await api.createCompany("Windows Ltd");
    await onPage(async (page) => {
      await openLive(page, `/companies/${company.id}/noise`);
      await page.getByRole("button", { name: "Plan a window" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("Patch night");
      // It began with this minute of the clock; it lasts until some seconds from now.
      const left = (Date.now() % 60_000) / 60_000 + 0.3;
      await dialog.getByLabel("Minutes", { exact: true }).fill(left.toFixed(3));
      await dialog.getByText("Next times").waitFor();
      await dialog.getByRole("button", { name: "Plan the window" }).click();
      await panel(page, "Maintenance windows").getByText("goes on now").waitFor();
      await sendTo(instance, company, firing("web-1", "high_cpu_usage"));
      await sendTo(instance, company, firing("web-2", "high_cpu_usage"));
      await sendTo(instance, company, { ...firing("web-2", "high_cpu_usage"), status: "resolved" });
      expect(await alerts(company)).toMatchObject([
        { suppressed_by: expect.stringContaining("maintenance:"), incident_id: null, status: "resolved" },
        { suppressed_by: expect.stringContaining("maintenance:"), incident_id: null, status: "firing" },
      ]);
      await page.getByText("Patch night has ended").waitFor({ timeout: 60_000 });
      const history = panel(page, "What was held back");
      await history.getByText("2 alerts held: 1 recovered, 1 still firing.").waitFor();
      await page.screenshot({ path: `${FOLDER}/ended.png`, fullPage: true });
      expect(await axe(page)).toEqual([]);
      await history.getByRole("link", { name: "Incident 1" }).click();
      await page.getByRole("heading", { name: "High CPU usage on web-1" }).waitFor();
    });
  });

  it("silences what an incident shows with one click, and lifts it again", async () => {
    const company = await api.createCompany("Silence Ltd");
    await sendTo(instance, company, firing("web-1", "high_cpu_usage"));
    const [first] = await alerts(company);
    await onPage(
      async (page) => {
        await openLive(page, `/incidents/${first?.incident_id}`);
        await page.getByRole("button", { name: "Silence like this" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("Would have matched 1 of the last 1 alert").waitFor();
        await dialog.getByLabel("Why").fill("New fan ordered");
        expect(await axe(page)).toEqual([]);
        await page.screenshot({ path: `${FOLDER}/silence.png` });
        await dialog.getByRole("button", { name: "Silence", exact: true }).click();
        await page.getByText("Silenced", { exact: true }).waitFor();
        await openLive(page, `/companies/${company.id}/noise`);
        const silences = panel(page, "Silences");
        await silences.getByText("New fan ordered").waitFor();
        await silences.getByText("asset is web-1 and signature is high_cpu_usage").waitFor();
        expect(await axe(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.screenshot({ path: `${FOLDER}/phone.png`, fullPage: true });
        await silences.getByRole("button", { name: /^End the silence/ }).click();
        await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
        await page.getByText("Silence ended").waitFor();
        await silences.getByText("ended early by").waitFor();
      },
      { viewport: { width: 390, height: 844 }, colorScheme: "light" },
    );
  });
});
