import { arrived } from "../core/engine/arrivals.ts";
import { incidentOf } from "../core/engine/merging.ts";
import type { AlertState, Changes } from "../core/engine/state.ts";
import type { Counters } from "./counters.ts";
import { type AcceptedDelivery, type Deliveries, SIGNATURES_KEPT_MS, SIGNATURES_MAX } from "./deliveries.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { SqlStore } from "./store.ts";

/**
 * [alert, times, last_seen, fired_at, last_received_at, new message or null], and of one that waits since when
 * and how often it came since.
 */
type Repeat = [number, number, number, number, number, string | null, [number, number]?];
/** [key, body_hash, ids, ttl_hours, signature or null] */
type Taken = [string, string, (number | null)[], number, string | null];

interface Entry {
  d: Taken[];
  r: Repeat[];
  /** [severity, tool, accepted alerts] */
  k: [string, string, number][];
}

type JournalRow = { seq: number; at: number; data: string };

/**
 * One row a commit. A storm of repeats writes this row alone; the rows of alerts, incidents and deliveries
 * follow once a second. After a crash the entries past the last checkpoint are applied again, each to
 * rows older than the entry, so nothing is lost or counted twice.
 */
export class Journal {
  commit: number;
  private sql: SqlStorage;
  private checkpointed: number;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    this.checkpointed = Number(readMeta(sql, "checkpoint") ?? 0);
    const last = sql.exec<{ n: number | null }>("SELECT MAX(seq) AS n FROM journal").one().n ?? 0;
    this.commit = Math.max(last, this.checkpointed);
  }

  write(changes: Changes, accepted: AcceptedDelivery[], now: number): void {
    const entry: Entry = {
      d: accepted.map((d) => [d.key, d.body_hash, d.ids, d.ttl_hours, d.signature]),
      r: [...changes.repeats].map(([a, n]) => repeatOf(a, n, changes)),
      k: [...changes.counts].map(([key, n]) => [...splitOnce(key), n]),
    };
    this.sql.exec("INSERT INTO journal VALUES (?, ?, ?)", this.commit, now, JSON.stringify(entry));
  }

  /** Applies what the rows do not have yet, and brings back the signatures that still count at `now`. */
  replay(into: { store: SqlStore; counters: Counters; deliveries: Deliveries }, now: number): void {
    for (const { hex, key, at } of this.signatures(now)) into.deliveries.rememberSignature(hex, key, at);
    const rows = this.sql
      .exec<JournalRow>("SELECT seq, at, data FROM journal WHERE seq > ? ORDER BY seq", this.checkpointed)
      .toArray();
    for (const { seq, at, data } of rows) apply(into, seq, at, JSON.parse(data) as Entry);
  }

  /** Of the entries up to the checkpoint, oldest first: as many of the newest as are kept. */
  private signatures(now: number): { hex: string; key: string; at: number }[] {
    const found: { hex: string; key: string; at: number }[] = [];
    const rows = this.sql.exec<JournalRow>(
      "SELECT seq, at, data FROM journal WHERE seq <= ? AND at > ? ORDER BY seq DESC",
      this.checkpointed,
      now - SIGNATURES_KEPT_MS,
    );
    for (const { at, data } of rows) {
      for (const [key, , , , hex] of (JSON.parse(data) as Entry).d)
        if (hex !== null) found.push({ hex, key, at });
      if (found.length >= SIGNATURES_MAX) break;
    }
    return found.reverse();
  }

  /** All rows are up to date with the newest commit. */
  mark(): void {
    this.checkpointed = this.commit;
    writeMeta(this.sql, "checkpoint", String(this.commit));
  }

  count(): number {
    return this.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM journal").one().n;
  }

  prune(now: number): void {
    const before = now - SIGNATURES_KEPT_MS;
    this.sql.exec(
      "DELETE FROM journal WHERE seq <= ? AND seq < ? AND at < ?",
      this.checkpointed,
      this.commit,
      before,
    );
  }
}

function apply(
  into: { store: SqlStore; counters: Counters; deliveries: Deliveries },
  seq: number,
  at: number,
  entry: Entry,
): void {
  into.counters.add(seq, at, entry.k);
  into.deliveries.take(
    entry.d.map(([key, body_hash, ids, ttl_hours, signature]) => ({
      key,
      body_hash,
      ids,
      ttl_hours,
      signature,
    })),
    at,
  );
  const raised = new Set<number>();
  for (const repeat of entry.r) applyRepeat(into.store, repeat, seq, raised);
}

/** [severity, tool] of a key of `Changes.counts`; a tool's name may hold the bar itself. */
export function splitOnce(key: string): [string, string] {
  const at = key.indexOf("|");
  return [key.slice(0, at), key.slice(at + 1)];
}

function repeatOf(a: AlertState, times: number, changes: Changes): Repeat {
  const text = changes.reworded.has(a) ? a.message : null;
  const repeat: Repeat = [a.seq, times, a.last_seen, a.fired_at, a.last_received_at, text];
  if (a.held) repeat[6] = [a.held[1], a.held[2]];
  return repeat;
}

function applyRepeat(store: SqlStore, repeat: Repeat, seq: number, raised: Set<number>): void {
  const [alertSeq, times, lastSeen, firedAt, received, message, waits] = repeat;
  const alert = store.alert(alertSeq);
  if (!alert) return;
  if (alert.commit < seq) {
    for (let i = 0; i < times; i++) arrived(alert, received);
    alert.count += times;
    alert.last_seen = Math.max(alert.last_seen, lastSeen);
    alert.fired_at = Math.max(alert.fired_at, firedAt);
    alert.last_received_at = received;
    // A repeat that is journalled alone has but one firing at its source.
    const [only] = alert.variants;
    if (only && alert.variants.length === 1) only[2] = Math.max(only[2], firedAt);
    if (message !== null) alert.message = message;
    if (waits && alert.held) alert.held = [alert.held[0], ...waits];
    store.aheadAlerts.add(alert);
  }
  const incident = incidentOf(store, alert);
  if (!incident || incident.commit >= seq) return;
  incident.alert_count += times;
  incident.last_alert_at = Math.max(incident.last_alert_at, received);
  if (!raised.has(incident.seq)) incident.version += 1;
  raised.add(incident.seq);
  store.aheadIncidents.add(incident);
}
