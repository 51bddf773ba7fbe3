import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { checkKeys, checkSums, Ledger, type SentAlert } from "./kill-ledger.ts";
import { load, post, seeded, sendAgain, windowAlert } from "./kill-load.ts";

const ROUNDS = Number(process.env.KILL_ROUNDS ?? (process.env.FULL ? 100 : 5));
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
/** 3 s: short enough to wait for, long enough to be killed in. */
const RESOLVE_DELAY_MINUTES = 0.05;

const dataDir = mkdtempSync(join(tmpdir(), "alert-whisperer-kill-"));
let port: number;
let instance: TestInstance;

beforeAll(async () => {
  port = await freeLoopbackPort();
  instance = await startInstance({ dataDir, port });
  const api = await instance.signIn();
  const path = `/api/companies/${instance.company.id}/correlation`;
  const settings = await api.json<Record<string, unknown>>("GET", path);
  await api.json("PUT", path, {
    ...settings,
    resolve_delay_minutes: RESOLVE_DELAY_MINUTES,
    storm_alerts_per_minute: 1_000_000,
  });
});

afterAll(async () => {
  await instance?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Every item of a list of the company, page by page. */
async function everything<T>(
  api: ApiClient,
  path: string,
  limit: number,
  filter: Record<string, string> = {},
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = new URLSearchParams({ company_id: instance.company.id, limit: String(limit), ...filter });
    if (cursor) query.set("cursor", cursor);
    const page: { items: T[]; next_cursor: string | null } = await api.json("GET", `${path}?${query}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

const alertsOf = (api: ApiClient, filter?: Record<string, string>) =>
  everything<Alert>(api, "/api/alerts", 500, filter);
const incidentsOf = (api: ApiClient) => everything<Incident>(api, "/api/incidents", 100);

/** Where this workerd keeps alarms; others kept them in memory, and may again. */
const ALARMS = join(dataDir, "state", "do", "alert-whisperer-Company", "metadata.sqlite");

/** The alerts of one round, and those that every life goes on with. */
const isRecent = (round: number) => (name: string) => name.startsWith(`r${round}-`) || !/^r\d+-/.test(name);

async function recentAlerts(api: ApiClient, since: number): Promise<Alert[]> {
  const parts = [
    alertsOf(api, { from: new Date(since).toISOString() }),
    ...["pulse-", "flap-", "window-01"].map((q) => alertsOf(api, { q })),
  ];
  const found = (await Promise.all(parts)).flat();
  return [...new Map(found.map((alert) => [alert.id, alert])).values()];
}

async function revive(alarmsLost = false): Promise<void> {
  await instance.kill9();
  if (alarmsLost) {
    expect(existsSync(ALARMS)).toBe(true);
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${ALARMS}${suffix}`, { force: true });
  }
  instance = await startInstance({ dataDir, port });
}

/** The one alert, sent now and answered. @returns its id */
async function answered(ledger: Ledger, alert: SentAlert): Promise<string> {
  const sent = ledger.record([alert]);
  expect(await post(instance, sent)).toBe(true);
  return sent.ids?.[0] ?? "";
}

/** Quiet incidents resolve and the lists take it all in, then every sum is right. */
async function checkLists(api: ApiClient, alerts: Alert[]): Promise<void> {
  const incidents = await eventually(async () => {
    const company = await api.json<{ projection: unknown }>("GET", `/api/companies/${instance.company.id}`);
    expect(company.projection).toMatchObject({ pending: 0, parked: [] });
    const listed = await incidentsOf(api);
    // What came and went in each life is flapping, and stays open until it has been steady.
    const late = listed.filter((i) => i.firing_alerts === 0 && i.status !== "resolved" && !i.flapping);
    expect(late.map((incident) => incident.title)).toEqual([]);
    return listed;
  }, 30_000);
  checkSums(alerts, incidents);
  const some = incidents.filter((_, i) => i % Math.ceil(incidents.length / 20) === 0);
  for (const { id, version, status } of some) {
    const own = await api.json<Incident>("GET", `/api/incidents/${id}`);
    expect([own.version, own.status], id).toEqual([version, status]);
  }
}

test(
  `killed ${ROUNDS} times under load: what was answered is there, and nothing is there twice`,
  async () => {
    console.log(`KILL_SEED=${SEED}`);
    const random = seeded(SEED);
    const ledger = new Ledger();
    let windowIncident: string | null = null;
    for (let round = 0; round < ROUNDS; round++) {
      const began = Date.now();
      const recent = isRecent(round);
      // Loaded, and killed at some moment of it.
      let over = false;
      const loading = load(instance, ledger, `r${round}`, () => over);
      await sleep(30 + random() * 900);
      const killed = revive();
      over = true;
      await Promise.all([loading, killed]);
      console.log(`round ${round}: ${ledger.all.length} sent, ${ledger.unanswered().length} unanswered`);

      // Senders without an answer send again; now and then it dies under that too.
      if (random() < 0.4) {
        const again = sendAgain(instance, ledger);
        await sleep(random() * 60);
        const killed = revive();
        await Promise.all([again, killed]);
      }
      const api = await instance.signIn();
      ledger.check(await recentAlerts(api, began), recent);
      await sendAgain(instance, ledger);
      expect(ledger.unanswered()).toEqual([]);

      // The window that was opened in the first life is open in this one.
      const joined = await answered(ledger, windowAlert(`${round}`));
      const { incident_id } = await api.json<Alert>("GET", `/api/alerts/${joined}`);
      windowIncident ??= incident_id;
      expect(incident_id).toBe(windowIncident);

      ledger.check(await recentAlerts(api, began), recent);

      // Everything there ever was costs more with each life to read; at the end it is read in any case.
      if (round % 10 === 0 || round === ROUNDS - 1) {
        const alerts = await alertsOf(api);
        ledger.check(alerts);
        checkKeys(alerts);
        await checkLists(api, alerts);
      }
    }
    expect(ledger.all.length).toBeGreaterThan(ROUNDS * 5);
  },
  ROUNDS * 40_000,
);

test.each([
  ["kept", false],
  ["lost", true],
])("a deadline set before the kill is kept after it, though nobody asks: alarms %s", async (name, lost) => {
  const api = await instance.signIn();
  const listed = async (client: ApiClient, asset: string): Promise<Incident> => {
    const query = new URLSearchParams({ company_id: instance.company.id, q: asset });
    const { items } = await client.json<{ items: Incident[] }>("GET", `/api/incidents?${query}`);
    const found = items.find((incident) => incident.asset_names.includes(asset));
    if (!found) throw new Error(`no incident of ${asset} is listed`);
    return found;
  };
  const ledger = new Ledger();
  const say = (asset_name: string, status: SentAlert["status"]) =>
    answered(ledger, { asset_name, signature: "disk_full", status });
  const [heard, unheard] = [`deadline-${name}-1`, `deadline-${name}-2`];

  // t0: an incident that the lists know falls quiet, another comes and goes without their having heard of
  // it, and at once the process that is to resolve both dies.
  await say(heard, "firing");
  await eventually(() => listed(api, heard));
  await say(heard, "resolved");
  await say(unheard, "firing");
  await say(unheard, "resolved");
  await revive(lost);

  // In the next life only lists are read: that touches no company. Both resolve by themselves: at once by
  // their alarm, or within 90 s by the sweep, which is what holds when an alarm is lost.
  const client = await instance.signIn();
  for (const asset of [heard, unheard]) {
    const resolved = await eventually(async () => {
      const incident = await listed(client, asset);
      expect(incident.status).toBe("resolved");
      return incident;
    }, 95_000);
    expect(resolved.resolved_at).not.toBeNull();
    expect(resolved.resolved_by).toBeNull();
  }
});
