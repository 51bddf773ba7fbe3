import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { CompanyCreated } from "../../core/company.ts";
import type { HeartbeatView } from "../../core/heartbeat.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { openLive } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";
import { confirmAddress, joins } from "../support/people.ts";

const SOON = { timeout: 15_000 };
const FOLDER = inRoot("test-results", "intake");

describe.skipIf(!CHROMIUM)("a company's intake", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  async function odd() {
    const name = `Odd ${crypto.randomUUID().slice(0, 8)}`;
    const made = await api.json<CompanyCreated>("POST", "/api/companies", { name });
    const { id } = made.company;
    const post = async (route: string, body: unknown) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const url = `${instance.url}/api/webhooks/${route}?api_key=${made.api_key}`;
      return (await fetch(url, { method: "POST", body: text })).status;
    };
    const alerts = async () =>
      (await api.json<{ items: Alert[] }>("GET", `/api/alerts?company_id=${id}`)).items;
    const send = <T>(path: string, json: unknown) => api.json<T>("POST", `/api/companies/${id}${path}`, json);
    return { id, page: `/companies/${id}/intake`, post, alerts, send };
  }
  const onPage = (story: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) =>
    withPage(browser, instance, story, {
      viewport: { width: 1440, height: 1000 },
      expectedErrors: [/422/],
      ...options,
    });
  const axe = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

  it("a body of an unknown shape shows by itself, is mapped by clicks with its guesses, and sent again", async () => {
    const company = await odd();
    await onPage(async (page) => {
      await openLive(page, company.page);
      await page.getByText("Everything was understood").waitFor();
      expect(await axe(page)).toEqual([]);
      const body = { job: { server: "nas-07" }, what: "backup_failed", level: "5", site: "Bern" };
      expect(await company.post("custom", body)).toBe(422);
      await panel(page, "Not understood").getByText("mapping: none fits").waitFor(SOON);

      await page.getByRole("button", { name: "New mapping" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Begin with").selectOption("Nothing");
      await dialog.getByLabel("Name", { exact: true }).fill("Backups");
      await dialog.getByLabel("What is wrong", { exact: true }).click();
      await dialog.getByRole("button", { name: /^\$\.what .*for What is wrong$/ }).click();
      await dialog.getByLabel("Asset", { exact: true }).click();
      await dialog.getByRole("button", { name: /^\$\.job\.server .*for Asset$/ }).click();
      await dialog.getByLabel("Severity", { exact: true }).fill("$.level");
      const preview = dialog.getByRole("region", { name: "What becomes of it" });
      await preview.getByText("backup_failed on nas-07").waitFor();
      await preview.getByText("“5” is no severity that is known").waitFor();
      await dialog.getByRole("button", { name: "Severity: a word of its own" }).click();
      await dialog.getByLabel("Word 1 of Severity", { exact: true }).fill("5");
      await dialog.getByLabel("What word 1 of Severity means").fill("critical");
      await preview.getByText("from $.level, which said “5”").waitFor();
      await preview.getByText("The time of arrival counts.").waitFor();
      await dialog.getByRole("button", { name: "Add a tag" }).click();
      await dialog.getByLabel("Tag 1: value").fill("$.site");
      await dialog.getByRole("button", { name: "Add mapping" }).click();
      await dialog.getByText("is needed", { exact: true }).waitFor();
      await dialog.getByLabel("Tag 1: name").fill("site");
      await preview.getByText("Tag site").waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/editor.png` });
      await dialog.getByRole("button", { name: "Add mapping" }).click();
      await page.getByText("Mapping Backups added").waitFor();
      await dialog.waitFor({ state: "detached" });

      await page.getByRole("button", { name: "Look at it" }).click();
      await page.getByRole("figure", { name: "The body" }).getByText("nas-07").waitFor();
      await page.getByLabel("Read it").selectOption({ label: "by the mapping Backups" });
      await page.getByRole("button", { name: "Send again", exact: true }).first().click();
      await page.getByText("Read again: 1 alert taken in").waitFor();
      await page.getByText(/sent again by/).waitFor();
    });
    expect(await company.alerts()).toMatchObject([
      { asset_name: "nas-07", severity: "critical", tags: { site: "Bern" } },
    ]);
  });

  it("every part of a mapping is shown, changed, and moved: the first that is for a body reads it", async () => {
    const company = await odd();
    const made = { fields: { signature: { from: ["$.what"] } } };
    await company.send("/mappings", { ...made, name: "Everything" });
    await company.send("/mappings", {
      name: "Lab",
      source: "lab",
      matches: [{ value: "$.site", op: "is", to: ["lab", "test, old"] }],
      fields: { signature: { from: ["$.nope", "$.what"] }, category: { from: ["Storage"] } },
      recovery: [{ value: "$.code", op: "below", to: ["1"] }],
      tags: [{ name: "room", value: "$.room" }],
      tags_from: "$.labels",
      links: [{ label: "Log", url: "$.log" }],
    });
    await onPage(async (page) => {
      await openLive(page, company.page);
      const list = page.getByRole("list", { name: "Mappings in order" });
      await list.getByText("For bodies where $.site is one of lab, test, old").waitFor();
      await page.getByRole("button", { name: "Edit Lab" }).click();
      const dialog = page.getByRole("dialog");
      const inputOf = (label: string) => dialog.getByLabel(label, { exact: true }).inputValue();
      await dialog.getByLabel("Short name").waitFor();
      expect(await inputOf("For bodies where, condition 1: one of these, one a line")).toBe("lab\ntest, old");
      expect(await inputOf("What is wrong, otherwise 1")).toBe("$.what");
      expect(await inputOf("Category")).toBe("Storage");
      expect(await inputOf("Over when, condition 1: comparison")).toBe("below");
      expect(await inputOf("Tag 1: name")).toBe("room");
      expect(await inputOf("An object whose values all become tags")).toBe("$.labels");
      expect(await inputOf("Link 1: value")).toBe("$.log");
      expect(await inputOf("Source")).toBe("lab");
      await dialog
        .getByLabel("The body", { exact: true })
        .fill(JSON.stringify({ site: "lab", what: "disk_full", code: 0 }));
      const preview = dialog.getByRole("region", { name: "What becomes of it" });
      await preview.getByText("“Everything” stands before it").waitFor();
      await preview.getByText("A condition says that it is over.").waitFor();
      await preview.getByText("(fallback 1)").waitFor();
      await dialog
        .getByLabel("The body", { exact: true })
        .fill(JSON.stringify({ site: "attic", what: "disk_full" }));
      await preview.getByText("Its conditions do not hold for this body").waitFor();
      await dialog.getByLabel("For bodies where, condition 1: comparison").selectOption("matches a pattern");
      await dialog.getByLabel("For bodies where, condition 1: one of these, one a line").fill("^att(");
      await dialog.getByRole("button", { name: "Save mapping" }).click();
      await dialog.getByRole("alert").filter({ hasText: "not a valid pattern" }).waitFor();
      await dialog.getByLabel("For bodies where, condition 1: one of these, one a line").fill("^att");
      await dialog.getByRole("button", { name: "Remove link 1" }).click();
      await dialog.getByRole("button", { name: "Save mapping" }).click();
      await page.getByText("Mapping Lab saved").waitFor();
      await list.getByText("For bodies where $.site matches a pattern ^att").waitFor();
      await page.getByRole("button", { name: "Move Lab up" }).press("Enter");
      await page.getByText("Lab moved up").waitFor();
      await expect
        .poll(async () => await list.getByRole("listitem").first().textContent(), SOON)
        .toContain("Lab");
    });
    await expect
      .poll(async () => {
        await company.post("custom", { site: "attic", what: `disk_${crypto.randomUUID()}` });
        return (await company.alerts())[0];
      }, SOON)
      .toMatchObject({ tool_source: "lab", category: "Storage" });
  });

  it("deliveries are paged, filtered and deleted; what a mapping can now read is sent again with an exact report", async () => {
    const company = await odd();
    for (let n = 0; n < 20; n++) {
      expect(await company.post("custom", n < 15 ? { host: `h-${n}`, what: "down" } : { other: n })).toBe(
        422,
      );
      expect(await company.post("alertmanager", `{broken ${n}`)).toBe(400);
      expect(await company.post("grafana", `{broken ${n}`)).toBe(400);
    }
    await company.send("/mappings", {
      name: "Hosts",
      matches: [{ value: "$.host", op: "exists" }],
      fields: { asset_name: { from: ["$.host"] }, signature: { from: ["$.what"] } },
    });
    await onPage(async (page) => {
      await openLive(page, company.page);
      const letters = page.getByRole("list", { name: "Deliveries" });
      const rows = letters.getByRole("listitem");
      await page.getByText("50 of 60 deliveries").waitFor();
      await page.getByRole("button", { name: "Show more" }).click();
      await page.getByText("60 of 60 deliveries").waitFor();
      expect(await rows.count()).toBe(60);
      // The last of the second page goes, and both pages stay.
      await rows.last().getByRole("button", { name: "Look at it" }).click();
      await rows.last().getByRole("button", { name: "Delete" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("Delivery of custom deleted").waitFor();
      await page.getByText("59 of 59 deliveries").waitFor();
      expect(await axe(page)).toEqual([]);

      await page.getByLabel("Reason", { exact: true }).selectOption("Not JSON");
      await page.getByText("40 of 40 deliveries").waitFor();
      await page.getByLabel("Tool", { exact: true }).selectOption("grafana");
      await page.getByText("20 of 20 deliveries").waitFor();
      await page.getByLabel("State", { exact: true }).selectOption("Sent again");
      await page.getByText("No delivery fits").waitFor();
      await page.getByRole("button", { name: "Show all deliveries" }).click();
      await page.getByText("50 of 59 deliveries").waitFor();

      await page.getByRole("button", { name: "Send again what Hosts can read" }).click();
      const dialog = page.getByRole("dialog", { name: "What Hosts can read" });
      await dialog.getByText("14 deliveries can be read: 14 alerts").waitFor(SOON);
      await dialog.getByText("5 deliveries still cannot be read").click();
      await dialog.getByText("mapping: is not for this body").first().waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: `${FOLDER}/replay.png` });
      expect(await company.alerts()).toEqual([]);
      await dialog.getByRole("button", { name: "Send 14 deliveries again" }).click();
      const status = dialog.getByRole("status");
      await status
        .getByText("14 deliveries read: 14 alerts taken in. What still fails stays here.")
        .waitFor(SOON);
      await dialog.getByRole("button", { name: "Done" }).click();
      await page.getByLabel("State", { exact: true }).selectOption("Waiting");
      await page.getByText("45 of 45 deliveries").waitFor();
      await page.getByRole("button", { name: "Send again what Hosts can read" }).click();
      await dialog.getByText("0 deliveries can be read").waitFor(SOON);
      await dialog.getByText("14 deliveries had been sent again before").waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();

      const groups = page.getByRole("list", { name: "By reason" });
      const grafana = groups.getByRole("listitem").filter({ hasText: "grafana" });
      await grafana.getByRole("button", { name: "Delete all" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
      await page.getByText("The deliveries of grafana are deleted").waitFor();
      await page.getByText("25 of 25 deliveries").waitFor();
    });
    expect(await company.alerts()).toHaveLength(14);
  });

  it("a heartbeat is expected, heard live, changed, paused and watched again", async () => {
    const company = await odd();
    await onPage(async (page) => {
      await openLive(page, company.page);
      await page.getByRole("button", { name: "New heartbeat" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name", { exact: true }).fill("Nightly");
      await dialog.getByLabel("Every so many minutes").fill("");
      await dialog.getByRole("button", { name: "Expect it" }).click();
      await dialog.getByText("give a number of minutes").waitFor();
      await dialog.getByText("say what is in trouble").waitFor();
      await dialog.getByLabel("Asset", { exact: true }).fill("nas-07");
      await dialog.getByLabel("Every so many minutes").fill("60");
      expect(await axe(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Expect it" }).click();
      await page.getByText("Nightly is expected from now on").waitFor();
      const row = page.getByRole("list", { name: "Heartbeats" }).getByRole("listitem").first();
      await row.getByText("waiting for the first").waitFor();
      const path = `/api/companies/${company.id}/heartbeats`;
      const { items } = await api.json<{ items: HeartbeatView[] }>("GET", path);
      expect(await company.post(`heartbeat/${items[0]?.id}`, "")).toBe(202);
      await row.getByText("up", { exact: true }).waitFor(SOON);
      await row.getByText(/last beat \d+s ago, next due by in 1h/).waitFor();

      await page.getByRole("button", { name: "Edit Nightly" }).click();
      await dialog.getByLabel("Name", { exact: true }).fill("Hourly");
      await dialog.getByLabel("Asset", { exact: true }).fill("nas-08");
      // Due in less than two seconds: it stays away, and the page says so by itself.
      await dialog.getByLabel("Every so many minutes").fill("0.02");
      await dialog.getByLabel("Minutes it may be late").fill("0");
      await dialog.getByLabel("Severity of its alert").selectOption("critical");
      await dialog.getByRole("button", { name: "Save heartbeat" }).click();
      await page.getByText("Heartbeat Hourly saved").waitFor();
      await row.getByText("missing", { exact: true }).waitFor({ timeout: 30_000 });
      await row.getByText("1 miss").waitFor();
      expect(await company.alerts()).toMatchObject([
        { asset_name: "nas-08", severity: "critical", status: "firing" },
      ]);
      await page.getByRole("button", { name: "Pause Hourly" }).click();
      await page.getByText("Hourly is paused").waitFor();
      await row.getByText("paused", { exact: true }).waitFor();
      expect(await company.alerts()).toMatchObject([{ status: "resolved" }]);
      await page.getByRole("button", { name: "Resume Hourly" }).click();
      await page.getByText("Hourly is watched again").waitFor();
      await page.getByRole("button", { name: "Delete Hourly" }).click();
      await dialog.getByRole("button", { name: "Delete", exact: true }).click();
      await page.getByText("Nothing is expected yet").waitFor();
    });
  });

  it("a technician sends again and deletes, and looks at mappings and heartbeats; a failed read says so", async () => {
    const company = await odd();
    await company.send("/mappings", { name: "Hosts", fields: { signature: { from: ["$.what"] } } });
    await company.send("/heartbeats", { name: "Nightly", asset_name: "nas-07", interval_minutes: 60 });
    for (let n = 0; n < 20; n++)
      for (const tool of ["alertmanager", "grafana", "datadog"]) await company.post(tool, `{${n}`);
    await confirmAddress(instance, api, instance.admin.email);
    const email = "tom@odd.example";
    const person = await joins(instance, api, {
      email,
      name: "Tom",
      role: "technician",
      company_ids: [company.id],
    });
    const [name = "", ...value] = person.cookie.split("=");
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.context().addCookies([{ name, value: value.join("="), url: instance.url }]);
        await openLive(page, company.page);
        await page.getByText("Your role can look at mappings, not change them.").waitFor();
        await page.getByText("Your role can look at heartbeats, not change them.").waitFor();
        const changing = page.getByRole("button", {
          name: /^(Edit|New|Move|Pause|Delete Hosts|Delete Nightly)/,
        });
        expect(await changing.count()).toBe(0);
        let away = true;
        await page.route(/dead-letters\?cursor=/, (route) => (away ? route.abort() : route.continue()));
        await page.getByRole("button", { name: "Show more" }).click();
        await page.getByRole("alert").getByText("The server could not be reached.").waitFor();
        await page.route(/heartbeats\?unexpected=false/, (route) =>
          away ? route.abort() : route.continue(),
        );
        await page.getByText("The state could not be read just now").waitFor(SOON);
        away = false;
        await page.getByRole("button", { name: "Try again" }).click();
        await page.getByText("60 of 60 deliveries").waitFor();
        await page.getByText("The state could not be read just now").waitFor({ ...SOON, state: "detached" });
        await page.getByRole("button", { name: "Send these again" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("60 deliveries still cannot be read").waitFor(SOON);
        await dialog.getByRole("button", { name: "Cancel" }).click();
        expect(await axe(page)).toEqual([]);
      },
      { signedOut: true, expectedErrors: [/Failed to load resource/] },
    );
  });

  it("on a phone everything fits and can be reached, in the dark as well", async () => {
    const company = await odd();
    const long = "a-name-that-goes-on-and-on-without-any-space-to-break-it-at-the-end-of-a-line";
    await company.send("/mappings", {
      name: long,
      matches: [{ value: `$.${long}`, op: "exists" }],
      fields: { signature: { from: [`$.${long}`], map: [{ from: long, to: long }] } },
      recovery: [{ value: "$.x", op: "is", to: [long] }],
      tags: [{ name: long, value: `$.${long}` }],
    });
    await company.send("/heartbeats", { name: long, asset_name: long, interval_minutes: 60 });
    await company.post("custom", { other: { [long]: long } });
    const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= screen.width);
    await onPage(
      async (page) => {
        await openLive(page, company.page);
        await page.getByRole("button", { name: "Look at it" }).click();
        await page.getByRole("figure", { name: "The body" }).waitFor();
        expect(await fits(page)).toBe(true);
        expect(await axe(page)).toEqual([]);
        await page.screenshot({ path: `${FOLDER}/phone.png`, fullPage: true });
        await page
          .getByRole("button", { name: `Edit ${long}` })
          .first()
          .click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("region", { name: "What becomes of it" }).waitFor();
        const inside = () =>
          dialog.evaluate((box) =>
            [...box.querySelectorAll("*")]
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
              .map((one) => one.outerHTML.slice(0, 120)),
          );
        await expect.poll(inside).toEqual([]);
        expect(await axe(page)).toEqual([]);
        await page.screenshot({ path: `${FOLDER}/phone-editor.png` });
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Send these again" }).click();
        await dialog.getByText("1 delivery still cannot be read").waitFor(SOON);
        // A dialog that still fades in has colours of its own.
        await expect.poll(() => axe(page), SOON).toEqual([]);
        expect(await fits(page)).toBe(true);
      },
      { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" },
    );
  });
});
