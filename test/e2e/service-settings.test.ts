import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AutomationSettings } from "../../core/automation.ts";
import type { AwsAccessView } from "../../core/aws-access.ts";
import type { NotificationPolicy } from "../../core/notification-policy.ts";
import type { WindowView } from "../../core/policy/maintenance.ts";
import type { SecuritySettings } from "../../core/settings.ts";
import type { SlaSettings } from "../../core/sla.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { openLive } from "../support/console-page.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { confirmAddress, joins } from "../support/people.ts";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const REFUSED = { expectedErrors: [/422/] };

describe.skipIf(!CHROMIUM)("what a company's service is to be", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  let id: string;
  beforeAll(async () => {
    instance = await startInstance();
    browser = await launchBrowser();
    api = await instance.signIn();
    await confirmAddress(instance, api, instance.admin.email);
    id = (await api.createCompany("Service Ltd")).id;
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const read = <T>(group: string) => api.json<T>("GET", `/api/companies/${id}/${group}`);

  it("a company is added with its maintenance windows, each judged before it is listed", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, "/companies/new");
        await page.getByLabel("Name").fill("Windows Ltd");
        await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
        const dialog = page.getByRole("dialog");
        const plan = async (name: string, starts: string, fill: () => Promise<unknown>) => {
          await page.getByRole("button", { name: "Plan a window" }).click();
          await dialog.getByLabel("Name").fill(name);
          await dialog.getByLabel("Starts").fill(starts);
          await fill();
          await dialog.getByRole("button", { name: "Plan the window" }).click();
        };
        await plan("Patch night", "2020-02-02T02:00", async () => {
          expect(await dialog.getByLabel("Time zone").inputValue()).toBe("Asia/Tokyo");
        });
        // Over already: said beside the field, and the wizard stays where it is.
        await dialog.getByText("choose a time to come").waitFor();
        expect(await dialog.getByLabel("Starts").getAttribute("aria-invalid")).toBe("true");
        await dialog.getByLabel("Repeats").selectOption("weekly");
        await dialog.getByRole("checkbox", { name: "Repeats on: Sun" }).check();
        await dialog.getByLabel("Minutes").press("Enter");
        await dialog.waitFor({ state: "detached" });
        await plan("Moving house", "2099-05-01T08:00", () => dialog.getByLabel("Minutes").fill("90"));
        await dialog.waitFor({ state: "detached" });
        await plan("A mistake", "2099-06-01T08:00", () => dialog.getByLabel("Minutes").fill("30"));
        await dialog.waitFor({ state: "detached" });
        await page.getByRole("button", { name: "Remove A mistake" }).click();
        await page.getByRole("button", { name: "Change Moving house" }).click();
        expect(await dialog.getByLabel("Minutes").inputValue()).toBe("90");
        await dialog.getByLabel("Minutes").fill("120");
        await dialog.getByRole("button", { name: "Change the window" }).click();
        await page.getByText("2099-05-01 08:00 Asia/Tokyo, 2h", { exact: true }).waitFor();

        for (const next of ["Security", "Correlation", "Review"]) {
          await page.getByRole("button", { name: "Continue" }).click();
          await page.getByRole("heading", { level: 2, name: next }).waitFor();
        }
        const basics = page.getByRole("region", { name: "Basics" });
        await basics.getByText(/Patch night: .*BYDAY=SU; Moving house: 2099-05-01 08:00/).waitFor();
        await page.getByRole("button", { name: "Add company" }).click();
        await page.getByRole("heading", { name: "Windows Ltd is ready" }).waitFor();
        await page.getByRole("link", { name: "Open the company" }).click();
        await page.waitForURL(/\/companies\/co_/);
        const made = new URL(page.url()).pathname.split("/").at(-1);
        const { items } = await api.json<{ items: WindowView[] }>(
          "GET",
          `/api/companies/${made}/maintenance-windows`,
        );
        expect(items).toMatchObject([
          { name: "Patch night", zone: "Asia/Tokyo", duration_minutes: 60, rrule: "FREQ=WEEKLY;BYDAY=SU" },
          { name: "Moving house", starts_at: "2099-05-01T08:00", duration_minutes: 120, rrule: null },
        ]);
        await page.goto(`/companies/${made}/noise`);
        await panel(page, "Maintenance windows").getByText("Moving house").first().waitFor();
      },
      REFUSED,
    );
  });

  it("SLA: targets, warnings, business hours and holidays, each error beside its field", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/sla`);
        const form = panel(page, "SLA");
        const save = form.getByRole("button", { name: "Save SLA" });
        await form.getByText("this one keeps none yet").waitFor();
        const critical = form.getByLabel("Critical: response, minutes");
        expect(await critical.inputValue()).toBe("30");
        await critical.fill("0.5");
        await form.getByLabel("Low: resolution, minutes").fill("10");
        await form.getByLabel("Warn at, percent").fill("50, 120");
        await form.getByLabel("The clock runs").selectOption("In business hours");
        await form.getByLabel("Time zone of the hours").selectOption("Europe/Berlin");
        await form.getByRole("checkbox", { name: "Friday" }).uncheck();
        await form.getByLabel("Saturday from").fill("10:00");
        await form.getByRole("checkbox", { name: "Saturday" }).check();
        await form.getByLabel("Holidays").fill("2026-12-25\n25.12.2027");
        await save.click();
        await form.getByText("not before the response").waitFor();
        await form.getByText("Number 2: from 1 to 99.").waitFor();
        await form.getByText("Line 2: write the day as 2026-12-25.").waitFor();
        for (const label of ["Low: resolution, minutes", "Warn at, percent", "Holidays"])
          expect(await form.getByLabel(label).getAttribute("aria-invalid")).toBe("true");
        await form.getByLabel("Low: resolution, minutes").fill("3000");
        await form.getByLabel("Warn at, percent").fill("50, 90");
        await form.getByLabel("Holidays").fill("2026-12-25\n2027-12-25");
        await save.click();
        await form.getByText("Saved").waitFor();
        const saved = await read<SlaSettings>("sla");
        expect(saved).toMatchObject({
          targets: { critical: { response_minutes: 0.5, resolution_minutes: 240 } },
          warn_percent: [50, 90],
          hours: { time_zone: "Europe/Berlin", holidays: ["2026-12-25", "2027-12-25"] },
        });
        expect(saved.hours !== "24x7" && saved.hours.days.map(({ weekday }) => weekday)).toEqual([
          1, 2, 3, 4, 6,
        ]);
        await page.reload();
        expect(await form.getByLabel("Saturday from").inputValue()).toBe("10:00");

        // Somebody else was first: theirs is told in words, and taken.
        await api.json("PUT", `/api/companies/${id}/sla`, { hours: "24x7", warn_percent: [75] });
        await form.getByLabel("Warn at, percent").fill("60");
        await save.click();
        const conflict = form.getByRole("alert").filter({ hasText: "Somebody else changed this" });
        await conflict.getByText("around the clock").waitFor();
        await conflict.getByText("response 30m, resolution 4h").waitFor();
        await conflict.getByRole("button", { name: "Take theirs" }).click();
        await expect.poll(() => form.getByLabel("Warn at, percent").inputValue()).toBe("75");
      },
      REFUSED,
    );
  });

  it("automation: what may run by itself, when and how often", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/automation`);
        const form = panel(page, "Automation");
        const save = form.getByRole("button", { name: "Save automation" });
        const approve = form.getByRole("checkbox", { name: "Run low-risk runbooks without approval" });
        expect(await approve.isChecked()).toBe(false);
        await approve.check();
        await form.getByLabel("Attempts per asset and day").fill("0");
        await form.getByLabel("Runbooks may run").selectOption("In business hours");
        for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"])
          await form.getByRole("checkbox", { name: day }).uncheck();
        await save.click();
        await form.getByText("choose a day").waitFor();
        expect(await form.getByLabel("Attempts per asset and day").getAttribute("aria-invalid")).toBe("true");
        await form.getByLabel("Attempts per asset and day").fill("2");
        await form.getByRole("checkbox", { name: "Sunday" }).check();
        await form.getByLabel("Sunday from").fill("22:00");
        await form.getByLabel("Sunday to").fill("04:00");
        await save.click();
        await form.getByText("Saved").waitFor();
        expect(await read<AutomationSettings>("automation")).toMatchObject({
          auto_approve: true,
          attempts_per_asset_per_day: 2,
          execution_windows: { days: [{ weekday: 7, from: "22:00", to: "04:00" }] },
        });
      },
      REFUSED,
    );
  });

  it("notifications: which channels for what, and when it is too much", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/notifications`);
        const form = panel(page, "Notifications");
        const save = form.getByRole("button", { name: "Save notifications" });
        const breach = form.getByRole("group", { name: "An SLA target is missed" });
        expect(await breach.getByLabel("E-mail").isChecked()).toBe(true);
        await breach.getByLabel("E-mail").uncheck();
        await breach.getByLabel("SMS").check();
        await form.getByLabel("Messages at most").fill("");
        await save.click();
        await form.getByText("Give a number").waitFor();
        await form.getByLabel("Messages at most").fill("4");
        await save.click();
        await form.getByText("Saved").waitFor();
        const saved = await read<NotificationPolicy>("notifications");
        expect([saved.events.sla_breach, saved.max_messages]).toEqual([["bell", "sms"], 4]);
      },
      REFUSED,
    );
  });

  it("a box that is ticked and left alone stays so: signatures go on being required", async () => {
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/companies/${id}/security`);
      const form = panel(page, "Security");
      await form.getByLabel("Allowed addresses").fill("192.0.2.0/24");
      await form.getByRole("button", { name: "Save security" }).click();
      await form.getByText("Saved").waitFor();
      expect(await read<SecuritySettings>("security")).toMatchObject({
        hmac_required: true,
        ip_allowlist: ["192.0.2.0/24"],
      });
    });
  });

  it("AWS: an account gets its external id, a role of another is refused, technicians only read", async () => {
    const account = "305118264907";
    let externalId = "";
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/aws`);
        const form = panel(page, "AWS access");
        const external = panel(page, "External ID");
        const save = form.getByRole("button", { name: "Save AWS access" });
        await external.getByText("It is made when you save").waitFor();
        await form.getByLabel("Account ID").fill(account);
        await form.getByLabel("Role").fill("arn:aws:iam::418203957716:role/AlertWhisperer");
        await form.getByLabel("Regions").fill("eu-central-1");
        await save.click();
        await form.getByText("the role lies in another account").waitFor();
        await form.getByLabel("Role").fill(`arn:aws:iam::${account}:role/AlertWhisperer`);
        await save.click();
        await form.getByText("Saved").waitFor();
        externalId = (await read<AwsAccessView>("aws")).external_id ?? "";
        expect(externalId).toMatch(/^ext-/);
        await external.getByText(externalId, { exact: true }).waitFor();
        await external
          .getByRole("figure", { name: "In the role’s trust policy" })
          .getByText(`"sts:ExternalId": "${externalId}"`)
          .waitFor();
      },
      REFUSED,
    );
    const technician = await joins(instance, api, {
      email: "tess@service.example",
      name: "Tess",
      role: "technician",
      company_ids: [id],
    });
    const [name = "", ...value] = technician.cookie.split("=");
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.context().addCookies([{ name, value: value.join("="), url: instance.url }]);
        await openLive(page, `/companies/${id}/aws`);
        const form = panel(page, "AWS access");
        expect(await form.getByLabel("Account ID").isDisabled()).toBe(true);
        expect(await form.getByLabel("Account ID").inputValue()).toBe(account);
        expect(await form.getByRole("button", { name: /Save/ }).count()).toBe(0);
        await panel(page, "External ID").getByText("Administrators see it").waitFor();
        expect(await page.content()).not.toContain(externalId);
      },
      { signedOut: true },
    );
  });
});
