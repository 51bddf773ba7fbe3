import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Incident } from "../../core/incident.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { addCompany, countLoads, firing, openLive, rowWith } from "../support/console-page.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

const SOON = { timeout: 10_000 };

const sh = async (line: string) => (await promisify(execFile)("sh", ["-c", line])).stdout;

/** The score panel's lines as numbers: the parts that add up, and the sum it states. */
async function scoreSum(page: Page): Promise<{ parts: number[]; total: number }> {
  const lines = page.getByRole("region", { name: "Why" }).locator("dd.ml-auto");
  const numbers = (await lines.allTextContents()).map((text) => Number(text.replace("−", "-")));
  return { parts: numbers.slice(0, -1), total: numbers.at(-1) ?? Number.NaN };
}

async function resolveWith(page: Page, notes: string): Promise<void> {
  await page.getByRole("button", { name: "Resolve" }).click();
  const dialog = page.getByRole("dialog", { name: "Resolve incident" });
  await dialog.getByLabel("Notes").fill(notes);
  await dialog.getByRole("button", { name: "Resolve", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

describe.skipIf(!CHROMIUM)("from a stranger to a resolved incident", () => {
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

  it("signs up, adds a company, runs the line it shows, and both open browsers follow the incident", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const first = async (page: Page): Promise<void> => {
      // A stranger makes an account.
      await page.goto("/");
      await page
        .getByRole("link", { name: /create an account|sign up/i })
        .first()
        .click();
      await page.getByLabel("Your company").fill("Harbor IT");
      await page.getByLabel("Your name").fill("Ada Harbor");
      await page.getByLabel("E-mail").fill("ada@harbor.example");
      await page.getByLabel("Password").fill("correct horse battery");
      await page.getByRole("button", { name: "Create account" }).click();

      // It leads to a checklist, and that to the first customer.
      await page.waitForURL("**/welcome");
      await page.getByRole("main").getByRole("link", { name: "Add a company" }).click();
      await page.waitForURL("**/companies/new");
      await page.getByLabel("Name").fill("Lighthouse Dental");
      await page.getByLabel("Time zone").selectOption("Europe/Berlin");
      await addCompany(page);
      await page.getByRole("heading", { name: "Lighthouse Dental is ready" }).waitFor();
      await page.getByText("Waiting for the first alert").waitFor();
      await page.getByRole("button", { name: "Copy Signed delivery with curl" }).click();
      await page.getByRole("button", { name: "Copied Signed delivery with curl" }).waitFor();
      const line = await page.evaluate(() => navigator.clipboard.readText());
      const storageState = await page.context().storageState();
      await withPage(browser, instance, (other) => onwards(page, other, line), {
        signedOut: true,
        storageState,
      });
    };

    const onwards = async (page: Page, other: Page, line: string): Promise<void> => {
      // A colleague's browser stands on the empty list.
      await openLive(other, "/incidents");
      await other.getByText("Nothing is open").waitFor();
      const loads = countLoads(other);

      expect(await sh(line)).toContain('"status":"received"');
      await page.getByText("First alert received").waitFor();
      const row = rowWith(other, "web-01");
      await row.waitFor();
      await row.getByText("Lighthouse Dental").waitFor();

      // The incident says why.
      await page.getByRole("link", { name: "Look at it" }).click();
      await page.waitForURL("**/incidents/*");
      await page.getByRole("heading", { level: 1, name: /web-01/ }).waitFor();
      const why = page.getByRole("region", { name: "Why" });
      await why.getByText("evidence that they belong together").waitFor();
      await why.getByText("Severity high").waitFor();
      const before = await scoreSum(page);
      expect(before.parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(before.total, 2);
      expect(Math.round(before.total)).toBe(62);

      // The same complaint again raises the count and the score, and opens nothing new.
      await sleep(1100);
      await sh(line);
      const alerts = page.getByRole("region", { name: "Alerts" });
      await alerts.getByText("×2").waitFor();
      await expect.poll(async () => Math.round((await scoreSum(page)).total), SOON).toBe(64);
      await alerts.getByText("CPU at 97 % for 5 minutes").first().click();
      await alerts.getByText("Dedup key").waitFor();
      expect(await other.locator("[data-row]").count()).toBe(1);

      // Taken, resolved with notes, opened again, resolved for good.
      const timeline = page.getByRole("region", { name: "Timeline" });
      const head = page.locator("main header");
      await page.getByRole("button", { name: "Acknowledge" }).click();
      await head.getByText("Acknowledged", { exact: true }).first().waitFor();
      await timeline.getByText("Ada Harbor acknowledged it.").waitFor();
      await row.getByText("Acknowledged").waitFor();
      await row.getByText("Ada Harbor").waitFor();

      await resolveWith(page, "Restarted the worker pool.");
      await head.getByText("Resolved", { exact: true }).first().waitFor();
      await page
        .getByRole("region", { name: "Resolution notes" })
        .getByText("Restarted the worker pool.")
        .waitFor();
      await timeline.getByText(/Ada Harbor resolved it/).waitFor();
      await row.getByText("Resolved").waitFor();

      await page.getByRole("button", { name: "Reopen" }).click();
      await timeline
        .getByText(/reopened/i)
        .first()
        .waitFor();
      await page.getByRole("button", { name: "Resolve" }).waitFor();
      await expect.poll(() => row.getByText("Resolved").count(), SOON).toBe(0);
      await resolveWith(page, "A second pool was stuck as well.");
      await page
        .getByRole("region", { name: "Resolution notes" })
        .getByText("A second pool was stuck as well.")
        .waitFor();
      await row.getByText("Resolved").waitFor();
      expect(loads()).toBe(0);
    };
    await withPage(browser, instance, first, { signedOut: true, permissions });
  });

  it("tells whoever comes late that the source was first", async () => {
    const api = await instance.signIn();
    const path = `/api/companies/${instance.company.id}/correlation`;
    const settings = await api.json<Record<string, unknown>>("GET", path);
    await api.json("PUT", path, { ...settings, resolve_delay_minutes: 0.01 });
    await instance.post(firing("db-01", "service_down"));
    const state = async () => {
      const { items } = await api.json<{ items: Incident[] }>("GET", "/api/incidents?limit=50");
      return items.find((one) => one.title.includes("db-01"));
    };
    await expect.poll(async () => (await state())?.status, SOON).toBe("new");
    const id = (await state())?.id;

    await withPage(
      browser,
      instance,
      async (page) => {
        // This page's live line stays silent, so it goes on showing what it knew.
        await page.routeWebSocket(/\/api\/live/, () => {});
        await page.goto(`/incidents/${id}`);
        await page.getByRole("button", { name: "Resolve" }).click();
        const dialog = page.getByRole("dialog", { name: "Resolve incident" });
        await dialog.getByLabel("Notes").fill("Restarted it by hand.");

        await instance.post(firing("db-01", "service_down", { status: "resolved" }));
        await expect.poll(async () => (await state())?.status, SOON).toBe("resolved");

        await dialog.getByRole("button", { name: "Resolve", exact: true }).click();
        await dialog
          .getByRole("alert")
          .getByText("It recovered at the source and is resolved already.")
          .waitFor();
        // What was typed is still there to be copied.
        expect(await dialog.getByLabel("Notes").inputValue()).toBe("Restarted it by hand.");
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await page.locator("main header").getByText("Resolved", { exact: true }).first().waitFor();
        await page.getByRole("button", { name: "Reopen" }).waitFor();
        expect((await state())?.resolution_notes).toBeNull();
      },
      { expectedErrors: [/409/, /WebSocket/] },
    );
  });
});
