import type { AlertState, Changes } from "../core/engine/state.ts";
import type { SqlStore } from "./store.ts";

/** Signed bytes are refused as stale after 300 s either way, so they need no longer memory than that. */
const SIGNATURES_KEPT_MS = 620_000;

export interface SeenSignature {
  hex: string;
  /** The delivery it came with. */
  id: string;
}

/** [alert, times, last_seen, fired_at, last_received_at, new message or null] */
type Repeat = [number, number, number, number, number, string | null];

interface Entry {
  s: [string, string][];
  r: Repeat[];
  /** [severity, tool, accepted alerts] */
  k: [string, string, number][];
}

/**
 * One row a commit. A storm of repeats writes this row and one per delivery; the alert's and the
 * incident's own rows follow once a second. After a crash the entries past the last checkpoint are
 * applied again, each to rows older than the entry alone, so nothing is lost or counted twice.
 */
export class Journal {
  commit: number;
  private sql: SqlStorage;
  private checkpointed: number;
  private signatures = new Map<string, { id: string; at: number }>();

  constructor(sql: SqlStorage, now: number) {
    this.sql = sql;
    this.checkpointed = Number(this.meta() ?? 0);
    const last = sql.exec<{ n: number | null }>("SELECT MAX(seq) AS n FROM journal").one().n ?? 0;
    this.commit = Math.max(last, this.checkpointed);
    this.loadSignatures(now);
  }

  private meta(): string | undefined {
    return this.sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'checkpoint'").toArray()[0]
      ?.value;
  }

  private loadSignatures(now: number): void {
    const rows = this.sql.exec<{ at: number; data: string }>(
      "SELECT at, data FROM journal WHERE at > ? ORDER BY seq",
      now - SIGNATURES_KEPT_MS,
    );
    for (const row of rows) {
      for (const [hex, id] of (JSON.parse(row.data) as Entry).s) this.signatures.set(hex, { id, at: row.at });
    }
  }

  /** The delivery that these signed bytes came with before, if they did. */
  seenSignature(hex: string, now: number): string | undefined {
    const seen = this.signatures.get(hex);
    return seen && now - seen.at <= SIGNATURES_KEPT_MS ? seen.id : undefined;
  }

  remember(signature: SeenSignature, now: number): void {
    this.signatures.set(signature.hex, { id: signature.id, at: now });
  }

  /** Forgets a group whose transaction failed. */
  forget(signatures: SeenSignature[]): void {
    for (const { hex } of signatures) this.signatures.delete(hex);
  }

  write(changes: Changes, signatures: SeenSignature[], now: number): void {
    const entry: Entry = {
      s: signatures.map(({ hex, id }) => [hex, id]),
      r: [...changes.repeats].map(([a, n]) => repeatOf(a, n, changes)),
      k: [...changes.counts].map(([key, n]) => [...splitOnce(key), n]),
    };
    this.sql.exec("INSERT INTO journal VALUES (?, ?, ?)", this.commit, now, JSON.stringify(entry));
  }

  /** Applies what the rows do not have yet. `counted` gets the counters of each entry. */
  replay(store: SqlStore, counted: (seq: number, at: number, k: Entry["k"]) => void): void {
    const rows = this.sql
      .exec<{ seq: number; at: number; data: string }>(
        "SELECT seq, at, data FROM journal WHERE seq > ? ORDER BY seq",
        this.checkpointed,
      )
      .toArray();
    for (const row of rows) {
      const entry = JSON.parse(row.data) as Entry;
      counted(row.seq, row.at, entry.k);
      const raised = new Set<number>();
      for (const repeat of entry.r) applyRepeat(store, repeat, row.seq, raised);
    }
  }

  /** All rows are up to date with the newest commit. */
  mark(): void {
    this.checkpointed = this.commit;
    this.sql.exec(
      "INSERT INTO meta VALUES ('checkpoint', ?1) ON CONFLICT DO UPDATE SET value = ?1",
      String(this.commit),
    );
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
    for (const [hex, seen] of this.signatures) {
      if (seen.at >= before) break;
      this.signatures.delete(hex);
    }
  }
}

function splitOnce(key: string): [string, string] {
  const at = key.indexOf("|");
  return [key.slice(0, at), key.slice(at + 1)];
}

function repeatOf(a: AlertState, times: number, changes: Changes): Repeat {
  return [
    a.seq,
    times,
    a.last_seen,
    a.fired_at,
    a.last_received_at,
    changes.reworded.has(a) ? a.message : null,
  ];
}

function applyRepeat(store: SqlStore, repeat: Repeat, seq: number, raised: Set<number>): void {
  const [alertSeq, times, lastSeen, firedAt, received, message] = repeat;
  const alert = store.alert(alertSeq);
  if (!alert) return;
  if (alert.commit < seq) {
    alert.count += times;
    alert.last_seen = Math.max(alert.last_seen, lastSeen);
    alert.fired_at = Math.max(alert.fired_at, firedAt);
    alert.last_received_at = received;
    if (message !== null) alert.message = message;
    store.aheadAlerts.add(alert);
  }
  const incident = alert.incident === null ? undefined : store.incident(alert.incident);
  if (!incident || incident.commit >= seq) return;
  incident.alert_count += times;
  incident.last_alert_at = Math.max(incident.last_alert_at, received);
  incident.updated_at = Math.max(incident.updated_at, received);
  if (!raised.has(incident.seq)) incident.version += 1;
  raised.add(incident.seq);
  store.aheadIncidents.add(incident);
}
