import type { Browser, Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { CompanyDetail } from "../../core/company.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { CHROMIUM, withPage } from "../support/browser.ts";
import { firing, openLive } from "../support/console-page.ts";
import { consoleSuite } from "../support/console-suite.ts";
import type { TestInstance } from "../support/instance.ts";
import { signedRequest } from "../support/signing.ts";

const SOON = { timeout: 10_000 };

describe.skipIf(!CHROMIUM)("companies and accounts in the console", () => {
  let instance: TestInstance;
  let browser: Browser;
  let api: ApiClient;
  consoleSuite((suite) => {
    ({ instance, browser, api } = suite);
  });

  const detail = (id: string) => api.json<CompanyDetail>("GET", `/api/companies/${id}`);
  const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
  const tab = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Company" }).getByRole("link", { name }).click();

  it("saves settings, and says beside the field what cannot be saved", async () => {
    const { id } = await api.createCompany("Settings Ltd");
    await withPage(
      browser,
      instance,
      async (page) => {
        await openLive(page, `/companies/${id}/security`);
        const security = panel(page, "Security");
        const addresses = security.getByLabel("Allowed addresses");
        await addresses.fill("192.0.2.0/24\n10.0.0.0/33");
        await security.getByRole("button", { name: "Save security" }).click();
        await security.getByRole("alert").filter({ hasText: "Line 2" }).waitFor();
        expect(await addresses.getAttribute("aria-invalid")).toBe("true");
        // What was typed stays, to be put right.
        expect(await addresses.inputValue()).toBe("192.0.2.0/24\n10.0.0.0/33");
        expect((await detail(id)).security.ip_allowlist).toEqual([]);
        await addresses.fill("192.0.2.0/24\n2001:db8::/32");
        await security.getByRole("button", { name: "Save security" }).click();
        await security.getByText("Saved").waitFor();
        expect((await detail(id)).security.ip_allowlist).toEqual(["192.0.2.0/24", "2001:db8::/32"]);

        const limit = panel(page, "Rate limit");
        await limit.getByLabel("Requests per minute").fill("");
        await limit.getByRole("button", { name: "Save rate limit" }).click();
        await limit.getByText("Give a number").waitFor();
        await limit.getByLabel("Requests per minute").fill("90");
        await limit.getByLabel("Burst").fill("30");
        await limit.getByRole("button", { name: "Save rate limit" }).click();
        await limit.getByText("Saved").waitFor();
        expect((await detail(id)).rate_limit).toEqual({ requests_per_minute: 90, burst: 30 });

        // All of it is there after a reload.
        await page.reload();
        expect(await addresses.inputValue()).toBe("192.0.2.0/24\n2001:db8::/32");
        expect(await limit.getByLabel("Burst").inputValue()).toBe("30");

        await tab(page, "Correlation");
        const correlation = panel(page, "Correlation");
        await correlation.getByLabel("Window, minutes").fill("0");
        await correlation.getByRole("button", { name: "Save correlation" }).click();
        await correlation.getByRole("alert").first().waitFor();
        expect(await correlation.getByLabel("Window, minutes").getAttribute("aria-invalid")).toBe("true");
        await correlation.getByLabel("Window, minutes").fill("7.5");
        await correlation.getByLabel("Alerts are one incident by").selectOption("signature");
        await correlation.getByRole("button", { name: "Save correlation" }).click();
        await correlation.getByText("Saved").waitFor();
        expect((await detail(id)).correlation).toMatchObject({ strategy: "signature", window_minutes: 7.5 });

        await page.reload();
        expect(await correlation.getByLabel("Window, minutes").inputValue()).toBe("7.5");

        await tab(page, "Overview");
        const general = panel(page, "General");
        await general.getByLabel("Name").fill("");
        await general.getByRole("button", { name: "Save general" }).click();
        await general.getByText("Give the company a name").waitFor();
        await general.getByLabel("Name").fill("Settings & Sons");
        await general.getByLabel("Critical assets").fill("db-01\ncore-sw");
        await general.getByRole("button", { name: "Save general" }).click();
        await general.getByText("Saved").waitFor();
        await page.getByRole("heading", { level: 1, name: "Settings & Sons" }).waitFor();

        await page.reload();
        expect(await general.getByLabel("Critical assets").inputValue()).toBe("db-01\ncore-sw");
      },
      { expectedErrors: [/422/] },
    );
  });

  it("changes a key without a gap: both work until the old one is revoked", async () => {
    const made = await api.createCompany("Keys Ltd");
    const oldId = (await detail(made.id)).api_keys[0]?.id ?? "";
    const post = async (key: string, secret: string, host: string) => {
      const keys = { api_key: key, hmac_secret: secret };
      const request = await signedRequest(keys, firing(host, "host_down"), { origin: instance.url });
      return (await fetch(request)).status;
    };
    await withPage(browser, instance, async (page) => {
      await openLive(page, `/companies/${made.id}/security`);
      const keys = panel(page, "API keys");
      const secrets = panel(page, "Signing secret");
      // The only key cannot be revoked by accident.
      expect(await keys.getByRole("button", { name: `Revoke key ${oldId}` }).isDisabled()).toBe(true);
      const shown = async (within: Locator, label: string) =>
        (await within
          .locator("div", { has: page.locator("dt", { hasText: label }) })
          .last()
          .locator("code")
          .textContent()) ?? "";
      await keys.getByRole("button", { name: "Issue a new key" }).click();
      await keys.getByText("New API key", { exact: true }).waitFor();
      const fresh = await shown(keys, "New API key");
      expect(await post(made.api_key, made.hmac_secret, "h1")).toBe(202);
      expect(await post(fresh, made.hmac_secret, "h2")).toBe(202);

      await keys.getByRole("button", { name: `Revoke key ${oldId}` }).click();
      await keys.getByText("Revoked", { exact: true }).waitFor();
      await expect.poll(() => post(made.api_key, made.hmac_secret, "h3"), SOON).toBe(401);
      expect(await post(fresh, made.hmac_secret, "h4")).toBe(202);

      await secrets.getByRole("button", { name: "Make a new signing secret" }).click();
      await secrets.getByText("New signing secret", { exact: true }).waitFor();
      const secret = await shown(secrets, "New signing secret");
      expect(secret).not.toBe(made.hmac_secret);
      // The edge asks for a changed policy at most once a second.
      await expect.poll(() => post(fresh, secret, "h5"), SOON).toBe(202);
      expect(await post(fresh, made.hmac_secret, "h6")).toBe(202);
      expect(await post(fresh, "0".repeat(64), "h7")).toBe(401);

      // Shown this once: a reload knows neither, and tells of the refused delivery.
      await page.reload();
      await tab(page, "Integrations");
      const refused = panel(page, "Refused deliveries");
      await refused.getByText("Bad signature").first().waitFor();
      await refused.getByText("Wrong key").first().waitFor();
      const html = await page.content();
      for (const once of [fresh, secret, made.api_key, made.hmac_secret]) expect(html).not.toContain(once);
    });
  });

  it("finds a company by name, narrows the console to it, and tries it by a test alert", async () => {
    const made = await api.createCompany("Zebra Crossing GmbH");
    await api.createCompany("Aardvark plc");
    await withPage(browser, instance, async (page) => {
      await openLive(page, "/companies");
      await page.getByRole("searchbox", { name: "Search companies" }).fill("zebra");
      await page.waitForURL(/q=zebra/);
      await expect.poll(() => page.getByRole("link", { name: "Aardvark plc" }).count(), SOON).toBe(0);
      await page.getByRole("link", { name: "Zebra Crossing GmbH", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Zebra Crossing GmbH" }).waitFor();
      await page.getByRole("button", { name: "Send test alert" }).first().click();
      await page.getByText("Test alert sent").waitFor();

      await page.getByRole("link", { name: "Incidents", exact: true }).first().click();
      await page.waitForURL("**/incidents**");
      await page.getByRole("button", { name: /^Company:/ }).click();
      await page.getByPlaceholder("Find a company").fill("zeb");
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`company_id=${made.id}`));
      await expect.poll(() => page.locator("[data-row]").count(), SOON).toBe(1);
      await page.getByRole("link", { name: "Overview", exact: true }).first().click();
      await page.waitForURL(new RegExp(`/dashboard.*company_id=${made.id}`));
    });
  });

  const signIn = async (page: Page) => {
    await page.getByLabel("E-mail").fill(instance.admin.email);
    await page.getByLabel("Password").fill(instance.admin.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };

  it("signs out for good, and sign-in leads back to where one was", async () => {
    await withPage(browser, instance, async (page) => {
      await openLive(page, "/dashboard");
      const cookies = await page.context().cookies();
      await page.getByRole("button", { name: "Your account" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await page.waitForURL("**/login");

      // The cookie of before is worth nothing now.
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
      expect((await fetch(`${instance.url}/api/me`, { headers: { cookie } })).status).toBe(401);

      await page.goto("/incidents?severity=critical&sort=created");
      await page.waitForURL("**/login?next=*");
      await signIn(page);
      await page.waitForURL("**/incidents?severity=critical&sort=created");
    });
  });

  it("refuses a wrong password in words, and follows no link to another site", async () => {
    const elsewhere = [`//evil.example/x`, `https://evil.example/`, `/\\evil.example`];
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.goto("/login");
        await page.getByLabel("E-mail").fill(instance.admin.email);
        await page.getByLabel("Password").fill("not the password");
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.getByRole("alert").first().waitFor();
        expect(await page.getByLabel("Password").inputValue()).not.toContain(instance.admin.password);
        for (const next of elsewhere) {
          // Away first, so that no page of before is left to miss its session.
          await page.goto("about:blank");
          await page.context().clearCookies();
          await page.goto(`/login?next=${encodeURIComponent(next)}`);
          await signIn(page);
          await page.waitForURL((url) => url.pathname === "/dashboard");
          expect(new URL(page.url()).origin).toBe(instance.url);
        }
      },
      { signedOut: true, expectedErrors: [/401/, /422/] },
    );
  });

  it("says beside each field what a sign-up lacks, and that an address is taken", async () => {
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.goto("/signup");
        await page.getByRole("button", { name: "Create account" }).click();
        for (const label of ["Your company", "Your name", "E-mail", "Password"])
          await expect.poll(() => page.getByLabel(label).getAttribute("aria-invalid"), SOON).toBe("true");
        await page.getByLabel("Your company").fill("Twice");
        await page.getByLabel("Your name").fill("Second Person");
        await page.getByLabel("E-mail").fill(instance.admin.email);
        await page.getByLabel("Password").fill("correct horse battery");
        await page.getByRole("button", { name: "Create account" }).click();
        await page
          .getByRole("alert")
          .filter({ hasText: /account|taken|already/i })
          .first()
          .waitFor();
        expect(await page.getByLabel("Your company").inputValue()).toBe("Twice");
      },
      { signedOut: true, expectedErrors: [/409/, /422/] },
    );
  });
});
