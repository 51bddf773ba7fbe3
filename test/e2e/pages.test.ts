import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { addCompany, untilLive } from "../support/console-page.ts";
import { type DemoTenant, demoTenant } from "../support/demo-tenant.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

const WIDE: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  userAgent:
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
};

interface Look {
  name: string;
  theme: "dark" | "light";
  context: BrowserContextOptions;
}
const LOOKS: Look[] = [
  { name: "dark-1440", theme: "dark", context: WIDE },
  { name: "light-390", theme: "light", context: PHONE },
  ...(process.env.FULL
    ? ([
        { name: "light-1440", theme: "light", context: WIDE },
        { name: "dark-390", theme: "dark", context: PHONE },
      ] as const)
    : []),
];

/** A page in one state: where it is, and what to do there before it is looked at. */
interface Shot {
  name: string;
  path: string;
  signedOut?: boolean;
  ready?(page: Page): Promise<void>;
}

const FOLDER = inRoot("test-results", "pages");

const wait = (text: string | RegExp) => async (page: Page) => {
  await page.getByText(text).first().waitFor();
};

describe.skipIf(!CHROMIUM)("every page, looked at", () => {
  let instance: TestInstance;
  let browser: Browser;
  let tenant: DemoTenant;
  let newcomer: ApiClient;
  let shots: Shot[];

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    instance = await startInstance();
    browser = await launchBrowser();
    tenant = await demoTenant(instance);
    newcomer = new ApiClient(instance.url);
    const person = { email: "new@harbor.example", password: "correct horse battery" };
    await newcomer.enter({ ...person, name: "Ada Harbor", msp_name: "Harbor IT" });
    const { api, companies } = tenant;
    const list = () => api.json<{ items: Incident[] }>("GET", "/api/incidents?status=open&sort=priority");
    const [worst, second, third] = await eventually(async () => {
      const { items } = await list();
      expect(items.length).toBeGreaterThan(8);
      return items;
    });
    await api.json("POST", `/api/incidents/${second?.id}/acknowledge`, {});
    await api.json("POST", `/api/incidents/${third?.id}/resolve`, { notes: "Switched to the spare uplink." });
    const alerts = await api.json<{ items: Alert[] }>("GET", `/api/alerts?incident_id=${worst?.id}`);
    shots = [
      { name: "public", path: "/", signedOut: true },
      { name: "docs", path: "/docs", signedOut: true, ready: wait("Generic intake") },
      { name: "login", path: "/login", signedOut: true },
      { name: "signup", path: "/signup", signedOut: true },
      { name: "reset", path: "/reset", signedOut: true },
      { name: "reset-confirm", path: "/reset/confirm", signedOut: true, ready: wait("have a new one sent") },
      { name: "verify", path: "/verify", signedOut: true, ready: wait("Open this page through") },
      { name: "invite", path: "/invite", signedOut: true, ready: wait("Open this page through") },
      { name: "overview", path: "/dashboard", ready: wait("Incident opened:") },
      { name: "incidents", path: "/incidents" },
      { name: "incidents-none", path: "/incidents?q=nothing-like-it", ready: wait("No incident matches") },
      { name: "incident", path: `/incidents/${worst?.id}` },
      {
        name: "incident-resolved",
        path: `/incidents/${third?.id}`,
        ready: wait("Switched to the spare uplink."),
      },
      {
        name: "incident-resolve",
        path: `/incidents/${second?.id}`,
        ready: async (page) => {
          await page.getByRole("button", { name: "Resolve" }).click();
          await page.getByRole("dialog").getByLabel("Notes").waitFor();
        },
      },
      {
        name: "incident-alert-open",
        path: `/incidents/${worst?.id}`,
        ready: async (page) => {
          await page.getByRole("region", { name: "Alerts" }).locator("summary").first().click();
        },
      },
      { name: "alerts", path: "/alerts" },
      {
        name: "alert",
        path: `/alerts?alert=${alerts.items[0]?.id}`,
        ready: async (page) => page.getByRole("dialog").getByText("Dedup key").waitFor(),
      },
      { name: "companies", path: "/companies" },
      { name: "profile", path: "/profile", ready: wait("This one") },
      {
        name: "profile-token",
        path: "/profile",
        ready: async (page) => {
          await page.getByRole("button", { name: "Make a token" }).click();
          await page.getByRole("dialog").getByLabel("What is it for?").waitFor();
        },
      },
      { name: "people", path: "/people" },
      { name: "settings", path: "/settings", ready: wait("reads well") },
      { name: "audit", path: "/audit", ready: wait(/Company: created/) },
      {
        name: "audit-entry",
        path: "/audit?action=company.created",
        ready: async (page) => {
          await page
            .getByRole("link", { name: /Company: created/ })
            .first()
            .click();
          await page.getByRole("dialog").getByText("What changed").waitFor();
        },
      },
      { name: "help", path: "/help" },
      { name: "company-new", path: "/companies/new" },
      { name: "company", path: `/companies/${companies[0]?.id}` },
      ...[
        "integrations",
        "intake",
        "correlation",
        "noise",
        "sla",
        "notifications",
        "automation",
        "aws",
        "security",
        "branding",
        "people",
        "data",
      ].map((tab) => ({
        name: `company-${tab}`,
        path: `/companies/${companies[0]?.id}/${tab}`,
      })),
      {
        name: "company-sla-hours",
        path: `/companies/${companies[0]?.id}/sla`,
        ready: async (page) => {
          await page.getByLabel("The clock runs").selectOption("In business hours");
          await page.getByLabel("Monday from").waitFor();
        },
      },
      {
        name: "company-new-window",
        path: "/companies/new",
        ready: async (page) => {
          await page.getByRole("button", { name: "Plan a window" }).click();
          await page.getByRole("dialog").getByLabel("Starts").waitFor();
        },
      },
      {
        name: "company-new-review",
        path: "/companies/new",
        ready: async (page) => {
          await page.getByLabel("Name").fill("Lighthouse Dental");
          for (let step = 1; step < 4; step++) await page.getByRole("button", { name: "Continue" }).click();
          await page.getByRole("button", { name: "Add company" }).waitFor();
        },
      },
      {
        name: "palette",
        path: "/dashboard",
        ready: async (page) => {
          await page.keyboard.press("Control+k");
          await page.getByPlaceholder("Search incidents, companies, pages").waitFor();
        },
      },
      {
        name: "company-ready",
        path: "/companies/new",
        ready: async (page) => {
          await page.getByLabel("Name").fill("Lighthouse Dental");
          await addCompany(page);
          await page.getByText("Waiting for the first alert").waitFor();
        },
      },
      { name: "no-such-page", path: "/no-such-page", signedOut: true },
      { name: "no-such-incident", path: "/incidents/in_nothing_1", ready: wait(/not|no /i) },
    ];
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const NEWCOMER: Shot[] = [
    { name: "first-welcome", path: "/welcome", ready: wait("0 of 5 steps are done") },
    { name: "first-people", path: "/people", ready: wait("Confirm your e-mail address first") },
    { name: "first-overview", path: "/dashboard", ready: wait("Welcome, Ada Harbor") },
    { name: "first-incidents", path: "/incidents", ready: wait("No incidents yet") },
    { name: "first-companies", path: "/companies" },
    { name: "first-alerts", path: "/alerts" },
  ];

  /** Opens one page in its state, keeps a picture, and says what is wrong with it. */
  async function look(page: Page, shot: Shot, name: string): Promise<string[]> {
    await page.goto(shot.path);
    if (!shot.signedOut && !shot.name.startsWith("no-such")) await untilLive(page);
    await shot.ready?.(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${FOLDER}/${shot.name}-${name}.png`, fullPage: true });
    const found: string[] = [];
    // Against the screen: on a phone the window itself widens to what does not fit.
    const width = page.viewportSize()?.width ?? 0;
    const overflow = (await page.evaluate(() => document.documentElement.scrollWidth)) - width;
    if (overflow > 0) found.push(`${shot.name}: ${overflow} px wider than the screen`);
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    if (passes.length < 10) found.push(`${shot.name}: axe looked at next to nothing`);
    for (const { id, help, nodes } of violations) {
      const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} | ${node.failureSummary}`);
      found.push(`${shot.name}: ${id}, ${help}\n    ${where.join("\n    ")}`);
    }
    return found;
  }

  async function lookAtAll(session: ApiClient | null, all: Shot[], { name, theme, context }: Look) {
    const cookies = [["aw_theme", theme]];
    if (session) cookies.push(session.cookie.split(/=(.*)/s).slice(0, 2));
    const storageState = {
      cookies: cookies.map(([key = "", value = ""]) => ({
        name: key,
        value,
        domain: "127.0.0.1",
        path: "/",
        expires: -1,
        httpOnly: false,
        secure: false,
        sameSite: "Lax" as const,
      })),
      origins: [],
    };
    await withPage(
      browser,
      instance,
      async (page) => {
        const found: string[] = [];
        for (const shot of all) found.push(...(await look(page, shot, name)));
        expect(found.join("\n")).toBe("");
      },
      {
        ...context,
        storageState,
        signedOut: true,
        reducedMotion: "reduce",
        expectedErrors: [/status of 404/],
      },
    );
  }

  it.each(LOOKS)("$name: nothing for axe, nothing wider than the screen, no error", async (variant) => {
    await lookAtAll(
      tenant.api,
      shots.filter((shot) => !shot.signedOut),
      variant,
    );
    await lookAtAll(
      null,
      shots.filter((shot) => shot.signedOut),
      variant,
    );
    await lookAtAll(newcomer, NEWCOMER, variant);
  }, 300_000);
});
