import { expect } from "vitest";
import type { Alert } from "../../core/alert.ts";

export interface SentAlert {
  asset_name: string;
  signature: string;
  status: "firing" | "resolved";
  /** Where an alert is told apart by more than asset and signature. */
  dedup_key?: string;
}

/** One delivery as its sender remembers it. */
export interface Sent {
  deliveryId: string;
  alerts: SentAlert[];
  /** The ids of a 2xx answer; null while there was none. */
  ids: (string | null)[] | null;
}

interface Expected {
  name: string;
  /** Firing deliveries: those that were answered, and all that were sent. */
  answered: number;
  sent: number;
  ids: Set<string>;
  /** What its one sender said last, where that was answered. */
  last: string | null;
  signature: string;
}

export const nameOf = (alert: SentAlert): string => alert.dedup_key ?? alert.asset_name;

/** What was sent and answered, over all the lives of an instance; it says what must be there. */
export class Ledger {
  readonly all: Sent[] = [];

  record(alerts: SentAlert[]): Sent {
    const sent: Sent = { deliveryId: crypto.randomUUID(), alerts, ids: null };
    this.all.push(sent);
    return sent;
  }

  unanswered(): Sent[] {
    return this.all.filter((sent) => sent.ids === null);
  }

  private expected(): Map<string, Expected> {
    const all = new Map<string, Expected>();
    for (const { alerts, ids } of this.all) {
      alerts.forEach((alert, i) => {
        const name = nameOf(alert);
        const known = all.get(name) ?? {
          name,
          answered: 0,
          sent: 0,
          ids: new Set<string>(),
          last: null,
          signature: alert.signature,
        };
        all.set(name, known);
        if (alert.status === "firing") known.sent += 1;
        // Of an alert whose last word was not answered, the state is open.
        known.last = ids ? alert.status : null;
        if (!ids) return;
        if (alert.status === "firing") known.answered += 1;
        const id = ids[i];
        if (id) known.ids.add(id);
      });
    }
    return all;
  }

  /**
   * Holds the company's alerts against what was sent: each answered one is there under the id of its answer,
   * counted at least as often as answered and never oftener than sent. Nothing else is there. `of` says
   * which names were read, where not all were.
   */
  check(alerts: Alert[], of: (name: string) => boolean = () => true): void {
    const found = Map.groupBy(alerts, ({ tags }) => tags.name ?? "");
    const wrong: string[] = [];
    for (const { name, answered, sent, ids, last } of this.expected().values()) {
      if (!of(name)) continue;
      const here = found.get(name) ?? [];
      found.delete(name);
      if (here.length > 1) wrong.push(`${name} is there ${here.length} times`);
      const [alert] = here;
      if (!alert) {
        if (answered > 0) wrong.push(`${name} was answered ${answered} times and is not there`);
        continue;
      }
      if (ids.size > 1 || (ids.size === 1 && !ids.has(alert.id)))
        wrong.push(`${name} was answered as ${[...ids]} and is ${alert.id}`);
      if (alert.count < answered || alert.count > sent)
        wrong.push(`${name} counts ${alert.count}; answered ${answered}, sent ${sent}`);
      if (last && alert.status !== last) wrong.push(`${name} is ${alert.status}, its sender said ${last}`);
    }
    wrong.push(...[...found.keys()].filter(of).map((name) => `${name} was never sent`));
    expect(wrong).toEqual([]);
  }
}

/** Alerts of an incident add up to what it says of itself. */
export function checkSums(alerts: Alert[], incidents: { id: string; alert_count: number }[]): void {
  const sums = new Map<string, number>();
  for (const { incident_id, count } of alerts)
    if (incident_id) sums.set(incident_id, (sums.get(incident_id) ?? 0) + count);
  const wrong = incidents
    .filter(({ id, alert_count }) => sums.get(id) !== alert_count)
    .map(({ id, alert_count }) => `${id} says ${alert_count}, its alerts add up to ${sums.get(id)}`);
  for (const { id } of incidents) sums.delete(id);
  wrong.push(...[...sums.keys()].map((id) => `${id} has alerts and is not in the list`));
  expect(wrong).toEqual([]);
}

/** At most one firing alert of each dedup key. */
export function checkKeys(alerts: Alert[]): void {
  const firing = alerts.filter((alert) => alert.status === "firing").map((alert) => alert.dedup_key);
  expect(firing.length - new Set(firing).size, "firing alerts that share a dedup key").toBe(0);
}
