import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, launchBrowser, type PageOptions, withPage } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { confirmAddress, joins } from "../support/people.ts";

const PASSWORD = "correct horse battery";
const STEP_MS = 30_000;

/** Nobody's yet: a test that is tried again finds what it left behind the first time. */
const addressOf = (name: string) => `${name}.${crypto.randomUUID().slice(0, 8)}@quay.example`;

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** The code of now, or of so many steps ahead, for no code counts twice. */
const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * STEP_MS });

describe.skipIf(!CHROMIUM)("one's own account", () => {
  let instance: TestInstance;
  let browser: Browser;
  beforeAll(async () => {
    instance = await startInstance();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  async function signedUp(email: string): Promise<ApiClient> {
    const person = new ApiClient(instance.url);
    await person.enter({ email, password: PASSWORD, name: "Nora Quay", msp_name: "Quay IT" });
    await confirmAddress(instance, person, email);
    return person;
  }

  /** The console as whoever this client is signed in as. */
  function as(who: ApiClient, story: (page: Page) => Promise<void>, more: PageOptions = {}): Promise<void> {
    const [name = "", ...value] = who.cookie.split("=");
    return withPage(
      browser,
      instance,
      async (page) => {
        await page.context().addCookies([{ name, value: value.join("="), url: instance.url }]);
        await story(page);
      },
      { signedOut: true, ...more },
    );
  }

  it("takes a second address by its code, a new password, and a token that may what it says", async () => {
    const email = addressOf("nora");
    const pager = addressOf("pager");
    const nora = await signedUp(email);
    const elsewhere = new ApiClient(instance.url);
    await elsewhere.json("POST", "/api/auth/login", { email, password: PASSWORD });
    await as(
      nora,
      async (page) => {
        await page.goto("/profile");
        const contacts = panel(page, "Contact methods");
        await contacts.getByLabel("Address or number").fill(pager);
        await contacts.getByRole("button", { name: "Add contact method" }).click();
        await contacts.getByLabel("Code").fill(await mailedCode(pager));
        await contacts.getByRole("button", { name: "Confirm" }).click();
        await contacts.getByText("Confirmed").waitFor();

        const passwords = panel(page, "Password");
        await passwords.getByLabel("Current password").fill("not this one");
        await passwords.getByLabel("New password", { exact: true }).fill("quite another staple");
        await passwords.getByLabel("New password, again").fill("quite another staple");
        await passwords.getByRole("button", { name: "Change password" }).click();
        await passwords.getByRole("alert").first().waitFor();
        await passwords.getByLabel("Current password").fill(PASSWORD);
        await passwords.getByRole("button", { name: "Change password" }).click();
        await expect.poll(async () => (await elsewhere.request("GET", "/api/me")).status).toBe(401);

        await page.goto("/profile");
        await page.getByRole("button", { name: "Make a token" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("What is it for?").fill("nightly report");
        await dialog.getByLabel(/^read companies/).check();
        await dialog.getByRole("button", { name: "Make the token" }).click();
        const shown = dialog.locator("code").filter({ hasText: "awp_" });
        const token = (await shown.textContent())?.trim() ?? "";
        const headers = { authorization: `Bearer ${token}` };
        const call = async (method: string, path: string) =>
          (
            await fetch(`${instance.url}${path}`, {
              method,
              headers,
              body: method === "GET" ? undefined : "{}",
            })
          ).status;
        expect(await call("GET", "/api/companies")).toBe(200);
        expect(await call("POST", "/api/companies")).toBe(403);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Revoke token nightly report" }).click();
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /^Revoke/ })
          .click();
        await expect.poll(() => call("GET", "/api/companies")).toBe(401);
      },
      { expectedErrors: [/status of 4(01|22)/] },
    );
  });

  it("proves itself again for what cannot be undone, gets new recovery codes, and can give up its second factor", async () => {
    const email = addressOf("piet");
    const piet = await signedUp(email);
    const { secret } = await piet.json<{ secret: string }>("POST", "/api/me/totp", {});
    await piet.json("POST", "/api/me/totp/confirm", { code: codeOf(secret, -1) });
    await as(
      piet,
      async (page) => {
        await page.goto("/profile");
        const factor = panel(page, "Two-factor sign-in");
        await factor.getByRole("button", { name: "New recovery codes" }).click();
        const codes = page.getByRole("dialog", { name: "New recovery codes" });
        await codes.getByLabel("Code of your app").fill("000000");
        await codes.getByRole("button", { name: "Make new codes" }).click();
        await codes.getByRole("alert").first().waitFor();
        await codes.getByLabel("Code of your app").fill(codeOf(secret));
        await codes.getByRole("button", { name: "Make new codes" }).click();
        const [first = ""] = await eventually(async () => {
          const items = await page.getByRole("dialog").getByRole("listitem").allTextContents();
          expect(new Set(items).size).toBe(10);
          return items;
        });
        await page.keyboard.press("Escape");
        await factor
          .getByRole("button", { name: "Turn it off" })
          .or(factor.getByRole("button", { name: "Turn off" }))
          .first()
          .click();
        const off = page.getByRole("dialog", { name: "Turn off two-factor sign-in?" });
        await off.getByLabel("Password").fill(PASSWORD);
        await off.getByLabel("Code of your app, or a recovery code").fill(first.trim());
        await off.getByRole("button", { name: "Turn it off" }).click();
        await factor.getByText("Off", { exact: true }).waitFor();
        const again = new ApiClient(instance.url);
        await again.json("POST", "/api/auth/login", { email, password: PASSWORD });
      },
      { expectedErrors: [/status of 422/] },
    );
  });

  it("saves the MSP's settings, and says beside the field what cannot be", async () => {
    const rita = await signedUp(addressOf("rita"));
    await as(
      rita,
      async (page) => {
        await page.goto("/settings");
        await page.getByLabel("Name", { exact: true }).fill("Quay & Sons IT");
        await page.getByLabel("Sign out after minutes without use").fill("2");
        await page.getByRole("button", { name: "Save settings" }).click();
        await page
          .getByText(/at least 5/i)
          .first()
          .waitFor();
        await page.getByLabel("Sign out after minutes without use").fill("30");
        await page.getByRole("button", { name: "Save settings" }).click();
        await page.getByText("Settings saved").waitFor();
        const saved = await rita.json("GET", "/api/msp/settings");
        expect(saved).toMatchObject({ name: "Quay & Sons IT", idle_timeout_minutes: 30 });
      },
      { expectedErrors: [/status of 422/] },
    );
  });

  it("as a company's administrator it sees, invites and reads the log of that company alone", async () => {
    const admin = await signedUp(addressOf("head"));
    const own = await admin.createCompany("Own Ltd");
    const other = await admin.createCompany("Other Ltd");
    const person = { email: addressOf("cara"), name: "Cara Own", role: "company_admin" };
    const cara = await joins(instance, admin, { ...person, company_ids: [own.id] });
    await cara.json("PATCH", `/api/companies/${own.id}`, { time_zone: "Europe/Paris" });
    await admin.json("PATCH", `/api/companies/${other.id}`, { time_zone: "Europe/Paris" });
    await as(
      cara,
      async (page) => {
        await page.goto("/settings");
        await page.getByRole("heading", { name: "You have no permission for this" }).waitFor();
        await page.goto("/people");
        await page.getByRole("button", { name: "Invite" }).click();
        const dialog = page.getByRole("dialog", { name: "Invite somebody" });
        expect(await dialog.getByLabel("Role").locator("option[value=msp_admin]").count()).toBe(0);
        expect(await dialog.getByText("Other Ltd").count()).toBe(0);
        await page.keyboard.press("Escape");
        // What an object notes reaches the log a moment after the change.
        await eventually(async () => {
          await page.goto("/audit?action=company.settings_changed");
          const entries = page.getByRole("link", { name: /Company: settings changed/ });
          expect(await entries.count()).toBeGreaterThan(0);
        });
        expect(await page.getByRole("main").getByText("Other Ltd").count()).toBe(0);
      },
      { expectedErrors: [/status of 403/] },
    );
    const forbidden = { email: "x@own.example", role: "msp_admin", company_ids: [] };
    expect((await cara.request("POST", "/api/invitations", forbidden)).ok).toBe(false);
    expect((await cara.request("GET", `/api/companies/${other.id}`)).status).toBe(404);
  });

  /** The six digits that a local run would have mailed. */
  async function mailedCode(to: string): Promise<string> {
    return await eventually(async () => {
      const answer = await fetch(`${instance.url}/dev/mailbox?format=json`);
      const { items } = (await answer.json()) as { items: { to: string; text: string }[] };
      const code = /\b\d{6}\b/.exec(items.find((mail) => mail.to === to)?.text ?? "")?.[0];
      expect(code, `a code mailed to ${to}`).toBeDefined();
      return code ?? "";
    });
  }
});
