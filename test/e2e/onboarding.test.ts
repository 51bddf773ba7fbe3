import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHROMIUM, launchBrowser, type PageOptions, withPage } from "../support/browser.ts";
import { addCompany, openLive, rowWith, untilLive } from "../support/console-page.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { mailedLink } from "../support/people.ts";

const PASSWORD = "correct horse battery";
const COMPANY = "Lighthouse Dental";
const ADA = "ada@harbor.example";
const PEOPLE = {
  technician: { email: "tom@harbor.example", name: "Tom Tide" },
  company_admin: { email: "cara@lighthouse.example", name: "Cara Light" },
  client: { email: "olga@lighthouse.example", name: "Olga Light" },
} as const;
type Invited = keyof typeof PEOPLE;

const sh = async (line: string) => (await promisify(execFile)("sh", ["-c", line])).stdout;

describe.skipIf(!CHROMIUM)("an MSP from sign-up to a company's end", () => {
  let instance: TestInstance;
  let browser: Browser;
  let companyId = "";
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  // A story that is told again begins with nobody there.
  beforeEach(async () => {
    instance = await startInstance({ env: { REQUIRE_ADMIN_TOTP: "true" } });
  });
  afterEach(() => instance?.stop());
  afterAll(() => browser?.close());

  const stranger = (story: (page: Page) => Promise<void>, more: PageOptions = {}) =>
    withPage(browser, instance, story, { signedOut: true, ...more });

  async function follow(page: Page, email: string, kind: string): Promise<void> {
    const { pathname, hash } = await mailedLink(instance, email, kind);
    await page.goto(pathname + hash);
  }

  async function signUp(page: Page): Promise<void> {
    await page.goto("/signup");
    await page.getByLabel("Your company").fill("Harbor IT");
    await page.getByLabel("Your name").fill("Ada Harbor");
    await page.getByLabel("E-mail").fill(ADA);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/security/enrol");
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    const secret = Secret.fromBase32((await page.locator("code").textContent()) ?? "");
    await page.getByLabel("Code", { exact: true }).fill(new TOTP({ secret }).generate());
    await page.getByRole("button", { name: "Turn it on" }).click();
    await page.getByRole("link", { name: "I have kept them" }).click();
    await page.waitForURL("**/welcome");
    await follow(page, ADA, "verify_email");
    await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  }

  async function onboard(page: Page): Promise<void> {
    await page.goto("/companies/new");
    await page.getByLabel("Name").fill(COMPANY);
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await addCompany(page);
    await page.getByRole("heading", { name: `${COMPANY} is ready` }).waitFor();
    await page.getByRole("button", { name: "Copy Signed delivery with curl" }).click();
    await page.getByRole("button", { name: "Copied Signed delivery with curl" }).waitFor();
    const line = await page.evaluate(() => navigator.clipboard.readText());
    expect(await sh(line)).toContain('"status":"received"');
    await page.getByText("First alert received").waitFor();
    await page.getByRole("button", { name: "Send test alert" }).click();
    await page.getByRole("link", { name: "Open the company" }).click();
    await page.waitForURL("**/companies/co_**");
    companyId = /co_[0-9a-z]+/.exec(page.url())?.[0] ?? "";
  }

  async function invite(page: Page, role: Invited): Promise<void> {
    await page.goto("/people");
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog", { name: "Invite somebody" });
    await dialog.getByLabel("E-mail").fill(PEOPLE[role].email);
    await dialog.getByLabel("Role").selectOption(role);
    await dialog.getByLabel(COMPANY).check();
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** Opens the mailed invitation in a browser of their own, and goes on from where they land. */
  const joining = (role: Invited, then: (page: Page) => Promise<void>) =>
    stranger(
      async (page) => {
        const { email, name } = PEOPLE[role];
        await follow(page, email, "invitation");
        await page.getByLabel("Your name").fill(name);
        await page.getByLabel("Choose a password").fill(PASSWORD);
        await page.getByRole("button", { name: /^Join/ }).click();
        await page.waitForURL(role === "client" ? "**/portal" : "**/dashboard");
        await then(page);
      },
      { expectedErrors: [/status of 40[34]/] },
    );

  async function technicianSees(page: Page): Promise<void> {
    await openLive(page, "/incidents");
    await rowWith(page, "web-01").getByText(COMPANY).waitFor();
    await page.goto(`/companies/${companyId}/correlation`);
    await page.getByLabel("Window, minutes").waitFor();
    expect(await page.getByRole("button", { name: /^Save/ }).count()).toBe(0);
    await page.goto("/audit");
    await page.getByRole("heading", { name: "You have no permission for this" }).waitFor();
  }

  async function clientSees(page: Page): Promise<void> {
    await untilLive(page);
    await page.getByRole("heading", { name: /open problems|One high problem/ }).waitFor();
    await page
      .getByRole("region", { name: "Open now" })
      .getByText(/web-01/)
      .waitFor();
    for (const path of ["/incidents", `/companies/${companyId}`, "/people", "/audit"]) {
      await page.goto(path);
      await page.waitForURL("**/portal");
    }
  }

  async function companyAdminChanges(page: Page): Promise<void> {
    await page.goto("/companies/new");
    await page.getByRole("heading", { name: "You have no permission for this" }).waitFor();
    await page.goto(`/companies/${companyId}/correlation`);
    await page.getByLabel("Window, minutes").fill("7");
    await page.getByRole("button", { name: /^Save/ }).click();
    // Another panel says in passing that nothing is saved: this one says that it was.
    await page.getByRole("region", { name: "Correlation", exact: true }).getByText("Saved").waitFor();
  }

  async function auditShows(page: Page): Promise<void> {
    const entry = page.getByRole("link", { name: /Company: settings changed/ }).first();
    // What an object notes reaches the log a moment after the change.
    await eventually(async () => {
      await page.goto("/audit?action=company.settings_changed");
      expect(await entry.count()).toBe(1);
    });
    await page
      .getByRole("main")
      .locator("tr, li, [role=row]")
      .filter({ hasText: PEOPLE.company_admin.name })
      .first()
      .waitFor();
    await entry.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("15").first().waitFor();
    await dialog.getByText("7").first().waitFor();
    await page.keyboard.press("Escape");
  }

  async function end(page: Page): Promise<void> {
    await page.goto(`/companies/${companyId}/data`);
    await page.getByRole("button", { name: `Delete ${COMPANY}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(COMPANY);
    await dialog.getByRole("button", { name: "Delete the company" }).click();
    await page.waitForURL("**/companies?deletion=*");
    await page.getByText("The company is deleted").waitFor({ timeout: 30_000 });
    for (const path of ["/companies", "/incidents", "/alerts", "/people", "/assets"]) {
      await page.goto(path);
      await page.getByRole("main").waitFor();
      expect([
        path,
        await page
          .getByRole("main")
          .getByText(/web-01|Lighthouse/)
          .count(),
      ]).toEqual([path, 0]);
    }
    const gone = ["", "/assets", "/correlation", "/rejections"].map(
      (sub) => `/api/companies/${companyId}${sub}`,
    );
    for (const path of gone)
      expect([path, await page.evaluate(async (at) => (await fetch(at)).status, path)]).toEqual([path, 404]);
    await page.goto("/audit?action=company.deleted");
    await page.getByRole("link", { name: /Company: deleted/ }).waitFor();
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await page.getByRole("dialog").getByText("The chain is whole").waitFor();
  }

  it("enrols, adds a company, hears its first alert, invites its people, sees what they did, and deletes it", async () => {
    const story = async (page: Page): Promise<void> => {
      await signUp(page);
      await onboard(page);
      for (const role of ["technician", "company_admin", "client"] as const) await invite(page, role);
      await joining("technician", technicianSees);
      await joining("company_admin", companyAdminChanges);
      await joining("client", clientSees);
      await auditShows(page);
      await end(page);
      await stranger(
        async (other) => {
          await other.goto("/login");
          await other.getByLabel("E-mail").fill(PEOPLE.client.email);
          await other.getByLabel("Password").fill(PASSWORD);
          await other.getByRole("button", { name: "Sign in", exact: true }).click();
          await other.getByRole("alert").first().waitFor();
        },
        { expectedErrors: [/status of 401/] },
      );
    };
    await stranger(story, {
      permissions: ["clipboard-read", "clipboard-write"],
      expectedErrors: [/status of 404/],
    });
  });
});
