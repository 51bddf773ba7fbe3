import { expect } from "vitest";
import type { TestInstance } from "../support/instance.ts";
import { type Ledger, nameOf, type Sent, type SentAlert } from "./kill-ledger.ts";

const SENDERS = 16;
const PULSES = 4;

const fire = (asset_name: string, signature = "high_cpu_usage"): SentAlert => ({
  asset_name,
  signature,
  status: "firing",
});
const recover = (alert: SentAlert): SentAlert => ({ ...alert, status: "resolved" });

/** Known alerts that every sender repeats. */
const pulse = (n: number): SentAlert => fire(`pulse-${n % PULSES}`, "disk_full");

/** An alert of its own in the one incident whose window is open over all lives. */
export const windowAlert = (name: string): SentAlert => ({
  ...fire("window-01", "service_down"),
  dedup_key: `w-${name}`,
});

/** Numbers that come again with the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Posts a delivery and notes its answer. @returns whether there was one */
export async function post(instance: TestInstance, sent: Sent): Promise<boolean> {
  // The message makes bodies differ: the same signed bytes within a second would be one delivery.
  const bodies = sent.alerts.map((alert) => ({
    ...alert,
    tags: { name: nameOf(alert) },
    severity: "medium",
    message: sent.deliveryId,
    tool_source: "test",
  }));
  let status: number;
  let text: string;
  try {
    const payload = bodies.length === 1 ? bodies[0] : bodies;
    const response = await instance.post(payload, { deliveryId: sent.deliveryId });
    status = response.status;
    text = await response.text();
  } catch {
    return false;
  }
  expect([200, 202], text).toContain(status);
  sent.ids = (JSON.parse(text) as { alert_ids: (string | null)[] }).alert_ids;
  return true;
}

/** What a sender sends next: new alerts, repeats, recoveries, one that comes and goes, and several in a body. */
function next(prefix: string, sender: number, nth: number): SentAlert[] {
  const own = fire(`${prefix}-${sender}-${nth}`);
  const flap = fire(`flap-${sender}`, "host_down");
  switch (nth % 6) {
    case 0:
      return [own];
    case 1:
      return [pulse(nth + sender)];
    case 2:
      return [recover(fire(`${prefix}-${sender}-${nth - 2}`))];
    case 3:
      return [own, pulse(nth), fire(`${own.asset_name}-b`), own, pulse(nth + 1)];
    case 4:
      return [flap];
    default:
      return [recover(flap)];
  }
}

/** Loads the webhook over several connections until the instance is gone or `over` says so. */
export async function load(
  instance: TestInstance,
  ledger: Ledger,
  prefix: string,
  over: () => boolean,
): Promise<void> {
  const sender = async (number: number): Promise<void> => {
    for (let nth = 0; !over(); nth++) {
      const sent = ledger.record(next(prefix, number, nth));
      if (!(await post(instance, sent))) return;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, number) => sender(number)));
}

/** Sends again, under its own id, what was not answered; until the instance is gone. */
export async function sendAgain(instance: TestInstance, ledger: Ledger): Promise<void> {
  await Promise.all(ledger.unanswered().map((sent) => post(instance, sent)));
}
