import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { launchBrowser } from "./browser.ts";
import { startInstance, type TestInstance } from "./instance.ts";

export interface ConsoleSuite {
  instance: TestInstance;
  browser: Browser;
  /** As the first admin. */
  api: ApiClient;
}

/** One instance and one browser for all tests of the suite that calls this; both end with it. */
export function consoleSuite(ready: (suite: ConsoleSuite) => void): void {
  let instance: TestInstance | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    instance = await startInstance();
    browser = await launchBrowser();
    ready({ instance, browser, api: await instance.signIn() });
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });
}
