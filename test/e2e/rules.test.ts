import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Me } from "../../core/company.ts";
import type { Incident } from "../../core/incident.ts";
import type { RuleView } from "../../core/policy/rule.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { firing, openLive, sendTo } from "../support/console-page.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

const SOON = { timeout: 20_000 };
const FOLDER = inRoot("test-results", "rules");
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "light" } as const;

describe.skipIf(!CHROMIUM)("rules for all companies, and rules that are only tried", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    instance = await startInstance();
    browser = await launchBrowser();
    api = await instance.signIn();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const onPage = (story: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) =>
    withPage(browser, instance, story, {
      viewport: { width: 1440, height: 1000 },
      expectedErrors: [/422/],
      ...options,
    });
  const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const axe = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  const incidents = async (company: LocalCompany) =>
    (await api.json<{ items: Incident[] }>("GET", `/api/incidents?company_id=${company.id}`)).items;
  const mspRules = async () => (await api.json<{ items: RuleView[] }>("GET", "/api/msp/rules")).items;

  it("one made for all companies assigns what comes, says where it fits, moves, and is switched off", async () => {
    // Told again, it begins anew.
    for (const { id } of await mspRules()) await api.request("DELETE", `/api/msp/rules/${id}`);
    const name = `Everywhere ${crypto.randomUUID().slice(0, 8)}`;
    const company = await api.createCompany(name);
    const { user } = await api.json<Me>("GET", "/api/me");
    await onPage(async (page) => {
      await openLive(page, "/dashboard");
      await page
        .getByRole("navigation", { name: "Main" })
        .first()
        .getByRole("link", { name: "Correlation" })
        .click();
      await page.getByText("No rules yet").waitFor();
      expect(await axe(page)).toEqual([]);
      await page.getByRole("button", { name: "Add a rule" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("Labs");
      await dialog.getByLabel("Try it on the alerts of").selectOption(name);
      await dialog.getByLabel("Condition 1: value").fill("lab-");
      await dialog.getByText(/Would have matched|No alert came/).waitFor();
      await dialog.getByLabel("Assignee").selectOption({ label: user.name });
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/msp-rule.png` });
      await dialog.getByRole("button", { name: "Add the rule" }).click();
      const rules = panel(page, "Rules");
      await rules.getByText(`assign to ${user.name}`).waitFor();

      await expect
        .poll(async () => {
          const path = `/api/companies/${company.id}/rules`;
          return (await api.json<{ items: RuleView[] }>("GET", path)).items.map(({ name }) => name);
        }, SOON)
        .toEqual(["Labs"]);
      await sendTo(instance, company, firing("lab-1", "disk_full"));
      await expect
        .poll(async () => (await incidents(company))[0]?.assigned_to, SOON)
        .toEqual({ id: user.id, name: user.name });
      await page.reload();
      await rules.getByText("Fitted 1 alert in 1 company, last").waitFor();
      const where = panel(page, "Where they fit").getByRole("listitem").filter({ hasText: name });
      await where.getByText("1 alert fitted").waitFor();

      await page.getByRole("button", { name: "Add a rule" }).click();
      await dialog.getByLabel("Name").fill("Everything");
      await dialog.getByLabel("How the conditions belong together").selectOption("every");
      await dialog.getByLabel("Severity", { exact: true }).selectOption("low");
      await dialog.getByRole("button", { name: "Add the rule" }).click();
      await page.getByRole("button", { name: "Move Everything up" }).click();
      await page.getByText("Everything moved up").waitFor();
      await page.getByRole("button", { name: "Switch off Everything" }).click();
      await page.getByText("Rule switched off").waitFor();
      expect((await mspRules()).map(({ name, enabled }) => [name, enabled])).toEqual([
        ["Everything", false],
        ["Labs", true],
      ]);
      await page.getByRole("button", { name: "Delete Everything" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("Rule deleted").waitFor();
      expect((await mspRules()).map((rule) => rule.name)).toEqual(["Labs"]);
    });
    await onPage(async (page) => {
      await openLive(page, "/correlation");
      await panel(page, "Where they fit").getByText(name).waitFor();
      expect(await fits(page)).toBe(true);
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/msp-phone.png`, fullPage: true });
    }, PHONE);
  });

  it("a rule that is only tried shows what it would do, and is nobody's rule", async () => {
    const company = await api.createCompany("Draft Ltd");
    for (const host of ["web-1", "web-2", "web-3"])
      await sendTo(instance, company, firing(host, "service_down"));
    await expect.poll(async () => (await incidents(company)).length, SOON).toBe(3);
    await api.json("POST", `/api/companies/${company.id}/rules`, {
      name: "By name",
      when: null,
      actions: { title: "Down: {asset}" },
    });
    await onPage(async (page) => {
      await openLive(page, `/companies/${company.id}/correlation`);
      const tried = page.getByRole("region", { name: "Try it first" });
      await tried.getByText("With its 1 rule as they are.").waitFor();
      await tried.getByRole("button", { name: "Try other rules" }).click();
      const draft = page.getByRole("region", { name: "Rules to try" });
      await draft.getByText("By name").waitFor();
      await draft.getByRole("button", { name: "Add a rule to try" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("How the conditions belong together").selectOption("every");
      await dialog.getByLabel("Group by fields").fill("signature");
      await dialog.getByRole("button", { name: "Add to the draft" }).click();
      await dialog.getByText("give it a name").waitFor();
      await dialog.getByLabel("Name").fill("By problem");
      await dialog.getByRole("button", { name: "Add to the draft" }).click();
      await draft.getByText("group by signature").waitFor();
      await draft.getByRole("button", { name: "Move By problem up" }).click();
      await expect.poll(() => draft.getByRole("listitem").first().textContent()).toContain("By problem");
      expect(await axe(page)).toEqual([]);
      await tried.getByRole("button", { name: "Try it" }).click();
      await tried.getByText("3 incidents would merge into 1.").waitFor();
      await page.screenshot({ path: `${FOLDER}/draft.png`, fullPage: true });

      await draft.getByRole("button", { name: "Switch off By problem" }).click();
      await tried.getByRole("button", { name: "Try it" }).click();
      await tried.getByText("Nothing would change.").waitFor();
      const kept = await api.json<{ items: RuleView[] }>("GET", `/api/companies/${company.id}/rules`);
      expect(kept.items.filter(({ scope }) => scope === "company").map(({ name }) => name)).toEqual([
        "By name",
      ]);
    });
    await onPage(async (page) => {
      await openLive(page, `/companies/${company.id}/correlation`);
      await page.getByRole("button", { name: "Try other rules" }).click();
      await page.getByRole("region", { name: "Rules to try" }).getByText("By name").waitFor();
      expect(await fits(page)).toBe(true);
    }, PHONE);
  });

  it("a storm and alerts that wait are told above the lists as they come, and go as they end", async () => {
    const company = await api.createCompany("Badges Ltd");
    const path = `/api/companies/${company.id}/correlation`;
    const settings = await api.json<object>("GET", path);
    await api.json("PUT", path, { ...settings, auto_correlate: false, storm_alerts_per_minute: 10 });
    await onPage(async (page) => {
      await openLive(page, "/incidents");
      const badges = page.getByRole("list", { name: "Storms and waiting alerts" });
      for (const host of ["web-1", "web-2"]) await sendTo(instance, company, firing(host, "disk_full"));
      await badges.getByRole("link", { name: "2 alerts wait: Badges Ltd" }).waitFor();
      await page.reload();
      await badges.getByRole("link", { name: "2 alerts wait: Badges Ltd" }).click();
      await page.getByRole("button", { name: "Group them now" }).click();
      await page.getByText("2 alerts grouped into incidents").waitFor();
      await openLive(page, "/dashboard");
      await expect.poll(() => badges.count(), SOON).toBe(0);

      const flood = Array.from({ length: 60 }, (_, i) =>
        firing(`db-${i}`, `problem_${i}`, { severity: "critical" }),
      );
      await sendTo(instance, company, flood);
      await badges.getByRole("link", { name: /^Alert storm: Badges Ltd/ }).waitFor();
      await page.reload();
      await badges.getByRole("link", { name: /^Alert storm: Badges Ltd/ }).waitFor();
      await panel(page, "Open incidents").getByText("Storm", { exact: true }).waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/storm.png` });
    });
    await onPage(async (page) => {
      await openLive(page, "/incidents");
      await page.getByRole("list", { name: "Storms and waiting alerts" }).waitFor();
      await page.getByText("Storm", { exact: true }).first().waitFor();
      expect(await fits(page)).toBe(true);
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/storm-phone.png` });
    }, PHONE);
  });
});
