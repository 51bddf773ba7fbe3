import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const alertOn = (host: string) => ({
  asset_name: host,
  signature: "service_down",
  severity: "high",
  message: `nginx is not running on ${host}`,
  tool_source: "systemd",
});

const row = (page: Page, host: string) =>
  page.getByRole("row").filter({ hasText: `Service down on ${host}` });
const dot = (page: Page) => page.getByTestId("live-dot");
const status = (page: Page, wanted: string) =>
  expect.poll(() => dot(page).getAttribute("data-status"), { timeout: 40_000 }).toBe(wanted);

describe.skipIf(!CHROMIUM)("the live dot", () => {
  const folder = temporaryFolder();
  let port: number;
  let instance: TestInstance;
  let browser: Browser;
  beforeAll(async () => {
    port = await freeLoopbackPort();
    instance = await startInstance({ dataDir: folder.path, port });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
    folder.remove();
  });

  it("tells the truth: grey while the line is cut, then green, and what was missed is shown", async () => {
    const broken = [/WebSocket/, /Failed to load resource/, /ERR_/, /Failed to fetch/];
    await withPage(
      browser,
      instance,
      async (page) => {
        await page.goto("/incidents");
        await status(page, "live");
        await instance.post(alertOn("web-01"));
        await row(page, "web-01").waitFor();

        // The server dies; nothing on the page pretends otherwise.
        await instance.kill9();
        await status(page, "offline");

        // The browser is still away when the server comes back and something happens.
        await page.context().setOffline(true);
        instance = await startInstance({ dataDir: folder.path, port });
        expect((await instance.post(alertOn("web-02"))).status).toBe(202);
        // The stream has it too, a moment after the answer: from here on it was missed, not merely late.
        const api = await instance.signIn();
        const streamed = async () => JSON.stringify(await api.json("GET", "/api/alerts"));
        await expect.poll(streamed, { timeout: 10_000 }).toContain("web-02");
        await status(page, "offline");
        expect(await row(page, "web-02").count()).toBe(0);

        await page.context().setOffline(false);
        await status(page, "live");
        await row(page, "web-02").waitFor();
        await page.getByText(/updates? while away/).waitFor();
      },
      { expectedErrors: broken },
    );
  });
});
