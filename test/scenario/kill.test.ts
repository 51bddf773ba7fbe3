import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

const ROUNDS = process.env.FULL ? 100 : 5;
const SENDERS = 16;
const PULSE = "pulse-01";

const dataDir = mkdtempSync(join(tmpdir(), "alert-whisperer-kill-"));
let instance: TestInstance;

afterAll(async () => {
  await instance?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Sent {
  asset: string;
  deliveryId: string;
  /** The id of the answer, or null while there was none. */
  answered: string | null;
}

/** The message makes bodies differ: the same signed bytes within a second would be one delivery. */
const alertOn = (asset: string, message: string, status = "firing") => ({
  asset_name: asset,
  signature: "high_cpu_usage",
  severity: "medium",
  message,
  tool_source: "test",
  status,
});

/** @returns the alert id of a 2xx, null when the instance died before it answered */
async function post(sent: Sent): Promise<string | null> {
  let response: Response;
  try {
    response = await instance.post(alertOn(sent.asset, sent.deliveryId), { deliveryId: sent.deliveryId });
  } catch {
    return null;
  }
  expect([200, 202], await response.clone().text()).toContain(response.status);
  try {
    return ((await response.json()) as { alert_id: string }).alert_id;
  } catch {
    return null;
  }
}

/** Loads the webhook from many senders until the instance is gone; every other alert repeats the pulse. */
async function load(round: number, until: () => boolean): Promise<Sent[]> {
  const all: Sent[] = [];
  const sender = async (number: number): Promise<void> => {
    for (let nth = 0; !until(); nth++) {
      const asset = nth % 2 === 0 ? `r${round}-s${number}-${nth}` : PULSE;
      const sent: Sent = { asset, deliveryId: crypto.randomUUID(), answered: null };
      all.push(sent);
      sent.answered = await post(sent);
      if (sent.answered === null) return;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, number) => sender(number)));
  return all;
}

/** Every alert of the company that was received since, page by page. */
async function alertsSince(api: ApiClient, from: number, q = ""): Promise<Alert[]> {
  const items: Alert[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query = new URLSearchParams({
      company_id: instance.company.id,
      from: new Date(from).toISOString(),
      limit: "500",
      ...(q ? { q } : {}),
      ...(cursor ? { cursor } : {}),
    });
    const page: { items: Alert[]; next_cursor: string | null } = await api.json(
      "GET",
      `/api/alerts?${query}`,
    );
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

test(
  `killed ${ROUNDS} times under load: what was answered is there, and nothing is there twice`,
  async () => {
    const port = await freeLoopbackPort();
    let pulses = 0;
    for (let round = 0; round < ROUNDS; round++) {
      instance = await startInstance({ dataDir, port });
      const began = Date.now();
      let dead = false;
      const loading = load(round, () => dead);
      await sleep(150 + Math.random() * 800);
      dead = true;
      await instance.kill9();
      const sent = await loading;
      expect(
        sent.filter((one) => one.answered !== null).length,
        `round ${round} sent nothing`,
      ).toBeGreaterThan(0);

      // The same data, a new process: senders without an answer repeat their delivery, as senders do.
      instance = await startInstance({ dataDir, port });
      for (const one of sent) one.answered ??= await post(one);
      pulses += sent.filter((one) => one.asset === PULSE).length;

      const api = await instance.signIn();
      const since = (await alertsSince(api, began)).filter((alert) => alert.asset_name !== PULSE);
      const alerts = [...since, ...(await alertsSince(api, 0, PULSE))];
      const byAsset = Map.groupBy(alerts, (alert) => alert.asset_name);
      for (const one of sent) {
        const found = byAsset.get(one.asset) ?? [];
        expect(
          found.map((alert) => alert.id),
          one.asset,
        ).toEqual([one.answered]);
        if (one.asset !== PULSE) expect(found[0]?.count, one.asset).toBe(1);
      }
      expect(byAsset.get(PULSE)?.[0]?.count, `pulses after round ${round}`).toBe(pulses);
      if (round < ROUNDS - 1) await instance.kill9();
    }
  },
  ROUNDS * 30_000,
);

test("a deadline set before the kill is kept after it", async () => {
  const api = await instance.signIn();
  const path = `/api/companies/${instance.company.id}/correlation`;
  const settings = await api.json<Record<string, unknown>>("GET", path);
  await api.json("PUT", path, { ...settings, resolve_delay_minutes: 0.1 });

  // t0: an incident falls quiet, and the process that knows when to resolve it dies.
  await instance.post(alertOn("deadline-01", "first"));
  expect((await instance.post(alertOn("deadline-01", "last", "resolved"))).status).toBe(202);
  const port = Number(new URL(instance.url).port);
  await instance.kill9();

  // t0 + 6 s, in another life: it resolves by itself.
  instance = await startInstance({ dataDir, port });
  const client = await instance.signIn();
  const [alert] = await alertsSince(client, Date.now() - 60_000);
  expect(alert?.asset_name).toBe("deadline-01");
  const resolved = await eventually(async () => {
    const incident = await client.json<Incident>("GET", `/api/incidents/${alert?.incident_id}`);
    expect(incident.status).toBe("resolved");
    return incident;
  }, 30_000);
  expect(resolved.resolved_at).not.toBeNull();
});
