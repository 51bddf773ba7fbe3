import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";
import type { TestInstance } from "./instance.ts";
import { type DeliveryOptions, signedRequest } from "./signing.ts";

/** Waits until the page's line to the server is up. */
export async function untilLive(page: Page): Promise<void> {
  await expect
    .poll(() => page.getByTestId("live-dot").getAttribute("data-status"), { timeout: 20_000 })
    .toBe("live");
}

/** Goes there and waits for the live line: whatever happens from now on must show by itself. */
export async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilLive(page);
  // Off the lists, where a resting pointer counts as reading.
  await page.mouse.move(5, 5);
}

/** How often the page was loaded since; a live page stays at 0. */
export function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  return () => loads;
}

export const rowWith = (page: Page, text: string | RegExp): Locator =>
  page.getByRole("row").filter({ hasText: text });

/** The titles of the incident list, from the top. */
export async function titles(page: Page): Promise<string[]> {
  return await page.locator("[data-row]").evaluateAll((rows) =>
    rows
      .map((row) => ({
        at: Number(row.getAttribute("aria-rowindex")),
        title: row.querySelector("a")?.textContent ?? "",
      }))
      .sort((a, b) => a.at - b.at)
      .map(({ title }) => title),
  );
}

/** Posts to any company's webhook, signed. @throws when it was not taken in */
export async function sendTo(
  instance: TestInstance,
  company: LocalCompany,
  payload: unknown,
  options: DeliveryOptions = {},
): Promise<void> {
  const answer = await fetch(await signedRequest(company, payload, { origin: instance.url, ...options }));
  if (answer.status !== 202) throw new Error(`the webhook answered ${answer.status}: ${await answer.text()}`);
}

/** From the wizard's first step, its name given, through what it offers by itself to the company. */
export async function addCompany(page: Page): Promise<void> {
  for (const title of ["Security", "Correlation", "Review"]) {
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { level: 2, name: title }).waitFor();
  }
  await page.getByRole("button", { name: "Add company" }).click();
}

/** One generic alert: `problem` on `host`. */
export const firing = (host: string, problem: string, change: Record<string, unknown> = {}) => ({
  asset_name: host,
  signature: problem,
  severity: "high",
  message: `${problem} on ${host}`,
  tool_source: "zabbix",
  ...change,
});
