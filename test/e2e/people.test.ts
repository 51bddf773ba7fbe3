import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { codeAt } from "../support/authenticator-app.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const STEP_MS = 30_000;
const PASSWORD = "correct horse battery";

interface Mail {
  to: string;
  kind: string;
  links: string[];
}

/** The newest link that a local run would have mailed to somebody. */
async function mailedLink(instance: TestInstance, to: string, kind: string): Promise<string> {
  return await eventually(async () => {
    const answer = await fetch(`${instance.url}/dev/mailbox?format=json`);
    const { items } = (await answer.json()) as { items: Mail[] };
    const link = items.find((mail) => mail.to === to && mail.kind === kind)?.links[0];
    expect(link, `a mail of ${kind} to ${to}`).toBeDefined();
    return link ?? "";
  });
}

const pathOf = (link: string) => {
  const { pathname, hash } = new URL(link);
  return pathname + hash;
};

/** What the app shows now, or so many steps from now: no code counts twice. */
const codeOf = (secret: string, ahead = 0) => codeAt(secret, Date.now() + ahead * STEP_MS);

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("**/login");
}

async function password(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

describe.skipIf(!CHROMIUM)("people", () => {
  let instance: TestInstance;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  // A story that is told again begins with nobody there.
  beforeEach(async () => {
    instance = await startInstance();
  });
  afterEach(() => instance?.stop());
  afterAll(() => browser?.close());

  it("sign up, confirm the address, enrol, and sign in by code, recovery code and passkey", async () => {
    // A passkey belongs to a name; an address has none.
    const baseURL = instance.url.replace("127.0.0.1", "localhost");
    const email = "dana@harbor.example";
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.goto("/signup");
        await page.getByLabel("Your company").fill("Harbor IT");
        await page.getByLabel("Your name").fill("Dana Harbor");
        await page.getByLabel("E-mail").fill(email);
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Create account" }).click();
        await page.waitForURL("**/welcome");
        await page.getByText("0 of 5 steps are done").waitFor();

        // The mailed link confirms the address, and its token does not stay in the address bar.
        await page.goto(pathOf(await mailedLink(instance, email, "verify_email")));
        await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
        expect(new URL(page.url()).hash).toBe("");
        await page.getByRole("link", { name: "Continue" }).click();
        await page.getByText("1 of 5 steps are done").waitFor();

        // Two-factor sign-in: a wrong code is said beside its field, the right one gives recovery codes.
        await page.getByRole("link", { name: "Set up", exact: true }).click();
        await page.getByRole("img", { name: /QR code/ }).waitFor();
        const secret = (await page.locator("code").textContent()) ?? "";
        await page.getByLabel("Code", { exact: true }).fill("000000");
        await page.getByRole("button", { name: "Turn it on" }).click();
        await page.getByRole("alert").waitFor();
        await page.getByLabel("Code", { exact: true }).fill(codeOf(secret, -1));
        await page.getByRole("button", { name: "Turn it on" }).click();
        await page.getByRole("link", { name: "I have kept them" }).waitFor();
        const codes = await panel(page, "Recovery codes").getByRole("listitem").allTextContents();
        expect(new Set(codes).size).toBe(10);
        await page.getByRole("link", { name: "I have kept them" }).click();
        await page.getByText("2 of 5 steps are done").waitFor();

        await signOut(page);
        await password(page, email);
        await page.getByRole("heading", { name: "One more step" }).waitFor();
        await page.getByLabel("Code", { exact: true }).fill("000000");
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.getByRole("alert").filter({ hasText: "not right" }).waitFor();
        await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.waitForURL("**/dashboard");

        await signOut(page);
        await password(page, email);
        await page.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.waitForURL("**/dashboard");
        await page.goto("/profile");
        await panel(page, "Two-factor sign-in").getByText("9 recovery codes left").waitFor();

        // A passkey, kept by a device that Chromium simulates.
        const device = await page.context().newCDPSession(page);
        await device.send("WebAuthn.enable");
        await device.send("WebAuthn.addVirtualAuthenticator", {
          options: {
            protocol: "ctap2",
            transport: "internal",
            hasResidentKey: true,
            hasUserVerification: true,
            isUserVerified: true,
          },
        });
        const passkeys = panel(page, "Passkeys");
        await passkeys.getByRole("button", { name: "Add a passkey" }).click();
        await passkeys.getByText("Give it a name").waitFor();
        await passkeys.getByLabel("Name of the device").fill("Work laptop");
        await passkeys.getByRole("button", { name: "Add a passkey" }).click();
        await passkeys.getByText("never used").waitFor();
        await signOut(page);
        await page.getByRole("button", { name: "Sign in with a passkey" }).click();
        await page.waitForURL("**/dashboard");

        // Elsewhere signed in as well: seen here, and ended from here.
        const elsewhere = new ApiClient(instance.url);
        const login = { email, password: PASSWORD, totp: codes[1] };
        await elsewhere.json("POST", "/api/auth/login", login);
        await page.goto("/profile");
        const sessions = panel(page, "Sessions");
        await sessions.getByText("This one").waitFor();
        await sessions
          .getByRole("button", { name: /^End the session/ })
          .first()
          .click();
        await page.getByText("Session ended").waitFor();
        await expect.poll(async () => (await elsewhere.request("GET", "/api/me")).status).toBe(401);
        expect(await page.evaluate(async () => (await fetch("/api/me")).status)).toBe(200);
      },
      { signedOut: true, baseURL, expectedErrors: [/status of 4(01|22)/] },
    );
  });

  it("a forgotten password is chosen anew through a mailed link", async () => {
    const email = "cleo@ferry.example";
    const api = new ApiClient(instance.url);
    await api.enter({ email, password: PASSWORD, name: "Cleo Ferry", msp_name: "Ferry IT" });
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.goto("/login");
        await page.getByRole("link", { name: "Forgot password?" }).click();
        // Both pages ask for an e-mail address.
        await page.waitForURL("**/reset");
        await page.getByLabel("E-mail").fill(email);
        await page.getByRole("button", { name: "Send the link" }).click();
        await page.getByRole("status").filter({ hasText: email }).waitFor();
        await page.goto(pathOf(await mailedLink(instance, email, "password_reset")));
        await page.getByLabel("New password").fill("short");
        await page.getByRole("button", { name: "Change the password" }).click();
        await page.getByText("Use at least 8 characters").waitFor();
        await page.getByLabel("New password").fill("quite another staple");
        await page.getByRole("button", { name: "Change the password" }).click();
        await page.getByRole("heading", { name: "Your password is changed" }).waitFor();
        expect((await api.request("GET", "/api/me")).status).toBe(401);
        await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
        await page.getByLabel("E-mail").fill(email);
        await page.getByLabel("Password").fill("quite another staple");
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.waitForURL("**/dashboard");
      },
      { signedOut: true, expectedErrors: [/status of 4(01|22)/] },
    );
  });

  it("invites a technician and a client, who see their part; a disabled one is out at once", async () => {
    const token = new URL(await mailedLink(instance, instance.admin.email, "verify_email")).hash.slice(7);
    const admin = await instance.signIn();
    await admin.json("POST", "/api/auth/verify-email", { token });
    const story = async (page: Page): Promise<void> => {
      await page.goto("/people");
      await page.getByText("You are alone here").waitFor();
      await invite(page, "tom@harbor.example", "technician");
      await invite(page, "olga@client.example", "client");
      const open = panel(page, "Open invitations");
      await open.getByText("olga@client.example").waitFor();
      await open.getByRole("button", { name: "Send again to olga@client.example" }).click();
      // The mail went out a moment ago; the page says why there is not another one already.
      await page.getByText("less than a minute ago").waitFor();

      await accept("tom@harbor.example", "Tom Tide", /\/dashboard$/, async (technician) => {
        const rail = technician.getByRole("navigation", { name: "Main" }).first();
        await rail.getByRole("link", { name: "People" }).waitFor();
        expect(await rail.getByRole("link", { name: "Audit" }).count()).toBe(0);
        for (const path of ["/settings", "/audit"]) {
          await technician.goto(path);
          await technician.getByRole("heading", { name: "You have no permission for this" }).waitFor();
        }
        await technician.goto("/people");
        await technician
          .getByText("olga@client.example")
          .or(technician.getByText("Tom Tide"))
          .first()
          .waitFor();
        expect(await technician.getByRole("button", { name: "Invite" }).count()).toBe(0);

        // Their session ends with the account; the page they are on notices.
        await page.goto("/people");
        await page.getByRole("button", { name: "Disable Tom Tide" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
        await page.getByText("Tom Tide was disabled").waitFor();
        await technician.goto("/incidents");
        await technician.waitForURL("**/login?next=**");
      });

      await accept("olga@client.example", "Olga Client", /\/portal$/, async (client) => {
        for (const path of ["/incidents", "/people", "/audit", "/settings"]) {
          await client.goto(path);
          await client.waitForURL("**/portal");
        }
        await client.goto("/profile");
        await panel(client, "Sessions").getByText("This one").waitFor();
        expect(await client.getByRole("region", { name: "Personal access tokens" }).count()).toBe(0);
      });

      // What the two have left behind in the audit log, and that its chain is whole.
      await page.goto("/audit?action=invitation.");
      await expect.poll(() => page.getByRole("link", { name: /Invitation: accepted/ }).count()).toBe(2);
      await page.goto("/audit?action=user.disabled");
      await page.getByRole("link", { name: /User: disabled/ }).click();
      const entry = page.getByRole("dialog");
      await entry.getByText("disabled", { exact: true }).first().waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Verify the chain" }).click();
      await page.getByRole("dialog").getByText("The chain is whole").waitFor();
    };
    await withPage(browser, instance, story, { expectedErrors: [/status of 422/] });

    async function invite(page: Page, email: string, role: string): Promise<void> {
      await page.getByRole("button", { name: "Invite" }).click();
      const dialog = page.getByRole("dialog", { name: "Invite somebody" });
      await dialog.getByLabel("E-mail").fill(email);
      await dialog.getByLabel("Role").selectOption(role);
      await dialog.getByLabel(instance.company.name).check();
      await dialog.getByRole("button", { name: "Send the invitation" }).click();
      await dialog.waitFor({ state: "detached" });
    }

    /** Opens the mailed link in a browser of its own and lands where the role is at home. */
    async function accept(email: string, name: string, home: RegExp, then: (page: Page) => Promise<void>) {
      const link = await mailedLink(instance, email, "invitation");
      await withPage(
        browser,
        instance,
        async (page) => {
          await page.goto(pathOf(link));
          await page.getByText(instance.company.name).waitFor();
          await page.getByText(email).waitFor();
          await page.getByLabel("Your name").fill(name);
          await page.getByLabel("Choose a password").fill(PASSWORD);
          await page.getByRole("button", { name: /^Join/ }).click();
          await page.waitForURL(home);
          await then(page);
        },
        { signedOut: true, expectedErrors: [/status of 40[134]/] },
      );
    }
  });
});

describe.skipIf(!CHROMIUM)("where the role requires a second factor", () => {
  const folder = temporaryFolder();
  let instance: TestInstance;
  let browser: Browser;
  beforeAll(async () => {
    // The first start makes the first company, which an admin without a second factor could not.
    await (await startInstance({ dataDir: folder.path })).stop();
    instance = await startInstance({ dataDir: folder.path, env: { REQUIRE_ADMIN_TOTP: "true" } });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
    folder.remove();
  });

  it("every page leads to the set-up until it is done", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.goto("/signup");
        await page.getByLabel("Your company").fill("Pier IT");
        await page.getByLabel("Your name").fill("Pia Pier");
        await page.getByLabel("E-mail").fill("pia@pier.example");
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Create account" }).click();
        await page.waitForURL("**/security/enrol");
        for (const path of ["/dashboard", "/companies/new", "/profile", "/login"]) {
          await page.goto(path);
          await page.waitForURL("**/security/enrol");
        }
        await page.getByRole("img", { name: /QR code/ }).waitFor();
        const secret = (await page.locator("code").textContent()) ?? "";
        await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
        await page.getByRole("button", { name: "Turn it on" }).click();
        await page.getByRole("link", { name: "I have kept them" }).click();
        await page.waitForURL("**/welcome");
        await page.getByText("1 of 5 steps are done").waitFor();
      },
      { signedOut: true },
    );
  });
});
