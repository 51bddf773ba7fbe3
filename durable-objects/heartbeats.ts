import type { Actor } from "../core/actor.ts";
import type { NormalizedAlert } from "../core/alert.ts";
import { takeIn } from "../core/engine/intake.ts";
import type { Changes } from "../core/engine/state.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import {
  dueAt,
  HEARTBEATS_MAX,
  type Heartbeat,
  type HeartbeatView,
  heartbeatAlert,
  MISSES_KEPT,
  REMIND_MS,
  settingsOf,
  writeEvery,
} from "../core/heartbeat.ts";
import type { CompanyCore } from "./company-core.ts";
import type { Beating, HeartbeatChange, HeartbeatList } from "./intake-rpc.ts";

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
/** Alerts looked through for something that beats. */
const LOOKED_AT = 2000;

const matchKey = (tool: string, signature: string) => `${tool.toLowerCase()}|${signature.toLowerCase()}`;

/** What is expected to be heard of regularly. A beat is in memory at once and on disk as often as it matters. */
export class Heartbeats {
  private core: CompanyCore;
  private all = new Map<string, Heartbeat>();
  /** Beats heard in this life: id -> epoch ms. */
  private heard = new Map<string, number>();
  /** Tool and signature -> ids; empty where no alert beats, so that intake asks nothing. */
  private byAlert = new Map<string, string[]>();

  constructor(core: CompanyCore) {
    this.core = core;
    this.load();
  }

  load(): void {
    const rows = this.core.sql.exec<{ id: string; data: string }>("SELECT * FROM heartbeats ORDER BY id");
    this.all = new Map([...rows].map(({ id, data }) => [id, JSON.parse(data) as Heartbeat]));
    this.index();
  }

  private index(): void {
    this.byAlert.clear();
    for (const { id, match } of this.all.values()) {
      if (!match) continue;
      const key = matchKey(match.tool, match.signature);
      this.byAlert.set(key, [...(this.byAlert.get(key) ?? []), id]);
    }
  }

  private write(beat: Heartbeat): void {
    this.all.set(beat.id, beat);
    this.core.sql.exec(
      "INSERT INTO heartbeats VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2",
      beat.id,
      JSON.stringify(beat),
    );
  }

  /** The last beat as far as is known; after a crash perhaps a little later than it was, never earlier. */
  private lastOf(beat: Heartbeat): number | null {
    const heard = this.heard.get(beat.id);
    if (heard !== undefined) return heard;
    return beat.last_beat_at === null ? null : beat.last_beat_at + beat.unwritten_ms;
  }

  has(id: string): boolean {
    return this.all.has(id);
  }

  /** It was heard of just now. Runs in a change of its own, unless `inside` one already. */
  heardOf(id: string, now: number, inside?: Changes): void {
    const beat = this.all.get(id);
    if (!beat) return;
    const before = this.heard.get(id) ?? beat.last_beat_at;
    this.heard.set(id, now);
    const fast = before !== null && now - before < writeEvery(beat);
    const rested = beat.last_beat_at === null || now - beat.last_beat_at >= writeEvery(beat);
    const unwritten_ms = fast ? writeEvery(beat) : 0;
    const back = beat.missing_since !== null;
    if (!rested && !back && unwritten_ms === beat.unwritten_ms) return;
    const next: Heartbeat = { ...beat, last_beat_at: now, unwritten_ms, missing_since: null };
    if (back) next.misses = beat.misses.map((miss) => (miss.until === null ? { ...miss, until: now } : miss));
    const run = (changes: Changes | null) => {
      if (back && changes)
        this.tell(changes, heartbeatAlert(beat, "resolved", `“${beat.name}” was heard of again.`), now);
      this.write(next);
      if (!next.paused && (back || this.core.deadlines.get(`beat:${id}`) === undefined))
        this.core.deadlines.set(`beat:${id}`, dueAt(next, now));
    };
    if (inside) run(inside);
    else if (back) this.core.mutate(run);
    else {
      this.core.transaction(() => run(null));
      this.core.deadlines.arm(now);
    }
  }

  /** An alert that somebody expects is a beat. */
  heardIn(changes: Changes, alert: NormalizedAlert, now: number): void {
    if (this.byAlert.size === 0 || alert.status !== "firing") return;
    for (const id of this.byAlert.get(matchKey(alert.tool_source, alert.signature)) ?? [])
      this.heardOf(id, now, changes);
  }

  private tell(changes: Changes, alert: NormalizedAlert, now: number): void {
    takeIn(this.core.context(changes), alert, null, now);
  }

  /** The deadline came: a beat may have come meanwhile, which moves it; else it stays away. */
  due(id: string, now: number): void {
    const { core } = this;
    const beat = this.all.get(id);
    core.mutate((changes) => {
      if (!beat || beat.paused) return core.deadlines.clear(`beat:${id}`);
      const due = dueAt(beat, this.lastOf(beat));
      if (due > now) return core.deadlines.set(`beat:${id}`, due);
      this.tell(changes, heartbeatAlert(beat, "firing"), now);
      if (beat.missing_since === null) {
        const misses = [{ since: due, until: null }, ...beat.misses].slice(0, MISSES_KEPT);
        this.write({ ...beat, last_beat_at: this.lastOf(beat), unwritten_ms: 0, missing_since: due, misses });
      }
      core.deadlines.set(`beat:${id}`, now + REMIND_MS);
    });
  }

  views(): HeartbeatView[] {
    return [...this.all.values()]
      .sort((a, b) => a.created_at - b.created_at)
      .map((beat) => {
        const { watched_at: _, unwritten_ms: __, missing_since, misses, created_at, ...shown } = beat;
        const last = this.heard.get(beat.id) ?? beat.last_beat_at;
        const heard = last === null ? "waiting" : "up";
        const state = beat.paused ? "paused" : missing_since !== null ? "missing" : heard;
        return {
          ...shown,
          state,
          webhook_path: `/api/webhooks/heartbeat/${beat.id}`,
          last_beat_at: iso(last),
          due_at: state === "waiting" || state === "up" ? iso(dueAt(beat, last)) : null,
          misses: misses.map(({ since, until }) => ({
            since: new Date(since).toISOString(),
            until: iso(until),
          })),
          created_at: new Date(created_at).toISOString(),
        };
      });
  }

  /** Looking for what nobody expects reads many alerts: whoever only watches leaves it out. */
  list(unexpected = true): HeartbeatList {
    return { items: this.views(), unexpected: unexpected ? this.unexpected() : [] };
  }

  private unexpected(): Beating[] {
    this.core.checkpoint();
    const rows = this.core.sql
      .exec<{ tool: string; signature: string; asset: string; at: number }>(
        `SELECT tool, data ->> 'raw_signature' AS signature, data ->> 'asset_name' AS asset,
           MAX(data ->> 'last_received_at') AS at
         FROM (SELECT tool, data FROM alerts ORDER BY seq DESC LIMIT ?)
         WHERE data ->> 'suppressed_by' = 'heartbeat' GROUP BY 1, 2 ORDER BY at DESC LIMIT 10`,
        LOOKED_AT,
      )
      .toArray();
    return rows
      .filter((row) => !this.byAlert.has(matchKey(row.tool, row.signature ?? "")))
      .map((row) => ({
        tool: row.tool,
        signature: row.signature,
        asset_name: row.asset ?? "",
        last_seen: new Date(row.at).toISOString(),
      }));
  }

  change(actor: Actor, change: HeartbeatChange): Result<HeartbeatView[]> {
    const { core } = this;
    const before = this.all.get(change.id);
    if (change.type !== "create" && !before) return notFound();
    if (change.type === "create" && this.all.size >= HEARTBEATS_MAX)
      return fail("conflict", `A company has at most ${HEARTBEATS_MAX} heartbeats; delete one first.`);
    const name = change.type === "create" ? change.input.name : (before?.name ?? "");
    const target = { type: "heartbeat", id: change.id, name };
    core.mutate((changes, now) => {
      const next = nextOf(change, before, now);
      const why = whyOver(next, next && dueAt(next, this.lastOf(next)) > now);
      const over = why !== null;
      if (before && before.missing_since !== null && why !== null)
        this.tell(changes, heartbeatAlert(before, "resolved", why), now);
      this.put(change.id, next && over ? ended(next, now) : next);
      const action = { create: "created", change: "changed", delete: "deleted" }[change.type];
      const shown = {
        ...(before && { before: settingsOf(before) }),
        ...(next && { after: settingsOf(next) }),
      };
      core.audit(actor, { action: `heartbeat.${action}`, target, ...shown }, now);
    });
    this.index();
    return ok(this.views());
  }

  /** Writes it, or takes it away, with its deadline as it is now. */
  private put(id: string, next: Heartbeat | null): void {
    const { core } = this;
    if (!next) {
      core.sql.exec("DELETE FROM heartbeats WHERE id = ?", id);
      this.all.delete(id);
      this.heard.delete(id);
    } else this.write(next);
    if (!next || next.paused) core.deadlines.clear(`beat:${id}`);
    else if (next.missing_since === null) core.deadlines.set(`beat:${id}`, dueAt(next, this.lastOf(next)));
  }
}

function nextOf(change: HeartbeatChange, before: Heartbeat | undefined, now: number): Heartbeat | null {
  if (change.type === "delete") return null;
  if (change.type === "create") {
    const fresh = { last_beat_at: null, unwritten_ms: 0, missing_since: null, misses: [] };
    return { ...change.input, ...fresh, id: change.id, created_at: now, watched_at: now };
  }
  if (!before) return null;
  const next = { ...before, ...change.patch };
  return before.paused && !next.paused ? { ...next, watched_at: now } : next;
}

/** Why an absence is over that no beat ended; null: it goes on. */
function whyOver(next: Heartbeat | null, later: boolean | null): string | null {
  if (!next) return "It is expected no longer.";
  if (next.paused) return "It is paused.";
  return later ? "It is expected later than before." : null;
}

const ended = (beat: Heartbeat, now: number): Heartbeat => ({
  ...beat,
  missing_since: null,
  misses: beat.misses.map((miss) => (miss.until === null ? { ...miss, until: now } : miss)),
});
