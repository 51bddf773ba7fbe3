import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import {
  ALERTMANAGER,
  type PrometheusAlert,
  startAlertmanager,
  type TestAlertmanager,
} from "../support/alertmanager.ts";
import { CHROMIUM, launchBrowser, withPage } from "../support/browser.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

const HOSTS = ["db-01", "db-02", "web-01", "web-02", "web-03"];
const alertOn = (host: string, summary: string): PrometheusAlert => ({
  labels: { alertname: "HostOutOfDiskSpace", host, severity: "critical", job: "node" },
  annotations: { summary },
});

/** Short enough to watch a whole life of an incident. */
async function quickQuietPeriod(api: ApiClient, companyId: string): Promise<void> {
  const path = `/api/companies/${companyId}/correlation`;
  const settings = await api.json<Record<string, unknown>>("GET", path);
  await api.json("PUT", path, { ...settings, resolve_delay_minutes: 0.03 });
}

const rows = (page: Page, host: string) =>
  page.getByRole("row").filter({ hasText: `Disk almost full on ${host}` });

describe.skipIf(!CHROMIUM || !ALERTMANAGER)("a real Alertmanager", () => {
  let instance: TestInstance;
  let alertmanager: TestAlertmanager;
  let browser: Browser;
  let api: ApiClient;
  beforeAll(async () => {
    instance = await startInstance();
    const { api_key } = instance.company;
    alertmanager = await startAlertmanager(`${instance.url}/api/webhooks/alertmanager?api_key=${api_key}`);
    browser = await launchBrowser();
    api = await instance.signIn();
    await quickQuietPeriod(api, instance.company.id);
  });
  afterAll(async () => {
    await browser?.close();
    await alertmanager?.stop();
    await instance?.stop();
  });

  it("fires, and the open page shows the incidents by itself; it resolves, and so do they", async () => {
    await withPage(browser, instance, async (page) => {
      await page.goto("/incidents");
      await page.getByText("Live", { exact: true }).first().waitFor();
      let loads = 0;
      page.on("load", () => {
        loads += 1;
      });

      // t0: five hosts run out of disk space.
      await alertmanager.fire(HOSTS.map((host) => alertOn(host, "5 % left")));
      for (const host of HOSTS) await rows(page, host).waitFor();
      expect(await page.getByRole("row").filter({ hasText: "Disk almost full" }).count()).toBe(HOSTS.length);

      // t1: one of them says it again, worse; no sixth incident comes of it.
      await alertmanager.fire([alertOn("db-01", "1 % left")]);
      const list = async () => {
        const { items } = await api.json<{ items: { title: string; status: string; alert_count: number }[] }>(
          "GET",
          "/api/incidents?limit=50",
        );
        return items;
      };
      // Alertmanager sends a group again when a member of it changes: one new host makes it do so.
      await alertmanager.fire([alertOn("db-03", "4 % left")]);
      await rows(page, "db-03").waitFor();
      await expect
        .poll(async () => (await list()).find((i) => i.title.endsWith("db-01"))?.alert_count, {
          timeout: 20_000,
        })
        .toBeGreaterThan(1);
      expect(await list()).toHaveLength(HOSTS.length + 1);

      // t2: all is well again at the source.
      await alertmanager.resolve([...HOSTS, "db-03"].map((host) => alertOn(host, "40 % left")));
      for (const host of HOSTS)
        await rows(page, host)
          .filter({ hasText: /resolved/i })
          .waitFor({ timeout: 30_000 });
      expect(loads).toBe(0);
      await expect
        .poll(async () => (await list()).map((i) => i.status), { timeout: 20_000 })
        .toEqual(Array(HOSTS.length + 1).fill("resolved"));
    });
  });
});
