import { mkdirSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inRoot } from "../../dev/lib/paths.ts";
import type { TestInstance } from "./instance.ts";

/** Empty where no Chromium starts; `npm test` says so, and browser tests are to be skipped. */
export const CHROMIUM = process.env.AW_CHROMIUM ?? "";

/** What Chromium would otherwise do by itself over the network, and the sandbox that root cannot have. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @throws when AW_CHROMIUM names none; `npm test` sets it */
export async function launchBrowser(): Promise<Browser> {
  if (!CHROMIUM) throw new Error("AW_CHROMIUM is not set: run browser tests through npm test");
  const extra = JSON.parse(process.env.AW_CHROMIUM_ENV ?? "{}") as Record<string, string>;
  const env = { ...(process.env as Record<string, string>), ...extra };
  return await chromium.launch({ executablePath: CHROMIUM, args: ARGS, headless: true, env });
}

export interface PageOptions extends BrowserContextOptions {
  /** Without a session. */
  signedOut?: boolean;
  /** Console errors that the test provokes on purpose. */
  expectedErrors?: RegExp[];
}

/**
 * Remix says this, or lets it go uncaught, where a navigation takes over from a read under way, which is as it
 * should be: before the answer began in the first words, while it came in the second.
 */
const READ_GIVEN_UP =
  /^(console|uncaught): AbortError: (signal is aborted without reason|BodyStreamBuffer was aborted)/;

/** Every error a page shows to a developer: its console, its uncaught exceptions, a failing script. */
function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => errors.push(`uncaught: ${error.stack ?? error.message}`));
  return errors;
}

/** Where a page of the app is live: what is clicked before does nothing that a person would wait for. */
const isLive = () =>
  !("__remixContext" in window) || Object.keys(document.body).some((key) => key.startsWith("__reactProps$"));

/** `goto` and `reload` come back when the page can be used, as a person would wait for it. */
function untilLive(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  const live = () => page.waitForFunction(isLive, undefined, { timeout: 15_000 });
  page.goto = async (...args) => {
    const response = await goto(...args);
    await live();
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await live();
    return response;
  };
  return page;
}

/**
 * Runs `story` on a page of a fresh context, signed in as the instance's admin. Fails when the story fails
 * (leaving a screenshot in test-results/) or when the page reported an error that was not expected.
 */
export async function withPage(
  browser: Browser,
  instance: TestInstance,
  story: (page: Page) => Promise<void>,
  options: PageOptions = {},
): Promise<void> {
  const { signedOut, expectedErrors = [], ...contextOptions } = options;
  const context = await browser.newContext({ baseURL: instance.url, ...contextOptions });
  try {
    if (!signedOut) {
      const [name = "", ...value] = (await instance.signIn()).cookie.split("=");
      const cookie = { name, value: value.join("="), url: instance.url, httpOnly: true };
      await context.addCookies([{ ...cookie, sameSite: "Lax" }]);
    }
    const page = untilLive(await context.newPage());
    const errors = collectErrors(page);
    try {
      await story(page);
    } catch (error) {
      mkdirSync(inRoot("test-results"), { recursive: true });
      const path = inRoot("test-results", `failed-${Date.now()}.png`);
      await page.screenshot({ path, fullPage: true }).catch(() => {});
      const told = errors.length > 0 ? `\nthe page said:\n${errors.join("\n")}` : "";
      throw new Error(`${error instanceof Error ? error.message : error}${told}\nscreenshot: ${path}`, {
        cause: error,
      });
    }
    const expected = [READ_GIVEN_UP, ...expectedErrors];
    const unexpected = errors.filter((line) => !expected.some((pattern) => pattern.test(line)));
    if (unexpected.length > 0) throw new Error(`the page reported errors:\n${unexpected.join("\n")}`);
  } finally {
    await context.close();
  }
}
