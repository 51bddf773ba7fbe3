import type { EngineContext } from "../core/engine/context.ts";
import { cameEnough } from "../core/engine/holding.ts";
import { EXPIRE_MS } from "../core/engine/limits.ts";
import { placeAlert } from "../core/engine/placing.ts";
import type { AlertState, Changes } from "../core/engine/state.ts";
import { ok, type Result } from "../core/errors.ts";
import { type Hold, windowHold } from "../core/policy/suppression.ts";
import { firstAfter } from "./alert-pages.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { expireAlert } from "./expiry.ts";
import type { Held } from "./policy-rows.ts";
import { heldViewOf } from "./policy-views.ts";

/** Rows one slice looks at, and alerts it places: an object that works is an object that does not ingest. */
const SCAN = 2000;
const PLACED = 200;
const INCIDENTS_LISTED = 50;
/** Occurrences that ended while the object was away; older ones are looked after with the last of them. */
const MISSED_MAX = 20;
const SILENCES_KEPT_MS = 30 * 86_400_000;

/** Runs one change of the policy: rows and note in one transaction, then what the engine asks is made anew. */
export function policyChanged(core: CompanyCore, work: () => void): Result<null> {
  core.transaction(() => {
    work();
    core.policy.compile();
    schedule(core);
  });
  core.deadlines.arm(clock.now());
  core.relay.poke();
  return ok(null);
}

/** Notes that what a source held since a time is to be looked at. Inside a transaction. */
export function startRelease(
  core: CompanyCore,
  source: string,
  name: string,
  started_at: number,
  ended_at: number,
  how: Held["how"],
): void {
  const { rows } = core.policy;
  const from = Math.min(started_at, rows.reach(source) ?? started_at);
  const tally = { held: 0, recovered: 0, expired: 0, firing: 0, still_held: 0, incidents: [] };
  const cursor = firstAfter(core.sql, from - 1) - 1;
  rows.addHeld({ source, name, started_at, ended_at, how, done: false, cursor, ...tally });
  core.deadlines.set("policy-release", clock.now());
}

function holdOf(window: Parameters<typeof windowHold>[0]): Hold | null {
  try {
    return windowHold(window);
  } catch {
    return null;
  }
}

/** Sets when the next silence or occurrence of a window ends. */
function schedule(core: CompanyCore): void {
  const { rows } = core.policy;
  const now = clock.now();
  const ends = rows.all("silence").flatMap((one) => (one.closed ? [] : one.ends_at));
  for (const window of rows.all("window")) {
    const next = holdOf(window)?.times(now, 1)[0];
    if (next) ends.push(next.end);
  }
  if (ends.length > 0) core.deadlines.set("policy", Math.min(...ends));
  else core.deadlines.clear("policy");
}

/** Something has ended: what it held is to be looked at. */
export function endDue(core: CompanyCore, now: number): void {
  const { rows } = core.policy;
  policyChanged(core, () => {
    for (const silence of rows.all("silence")) {
      if (silence.ends_at < now - SILENCES_KEPT_MS) rows.drop("silence", silence.id);
      if (silence.closed || silence.ends_at > now) continue;
      rows.put("silence", { ...silence, closed: true }, silence.created_at);
      const name = silence.comment || "a silence";
      startRelease(core, `silence:${silence.id}`, name, silence.starts_at, silence.ends_at, "ended");
    }
    for (const window of rows.all("window")) {
      const ended = (holdOf(window)?.times(window.handled_until, MISSED_MAX) ?? []).filter(
        ({ end }) => end <= now,
      );
      if (ended.length === 0) continue;
      rows.put("window", { ...window, handled_until: now }, window.created_at);
      for (const { start, end } of ended)
        startRelease(core, `maintenance:${window.id}`, window.name, start, end, "ended");
    }
  });
}

/**
 * One slice of what an ended source held. What still fires and is held by nothing else gets its incident, like
 * any alert; what recovered is only counted. The last slice tells listeners, once for all of it.
 */
export function releaseSlice(core: CompanyCore, now: number): void {
  const next = core.policy.rows.nextHeld();
  if (!next) {
    core.deadlines.clear("policy-release");
    return;
  }
  const { seq, held } = next;
  core.mutate((changes) => {
    const context = core.context(changes);
    let placed = 0;
    let looked = 0;
    const rows = core.sql
      .exec<{ seq: number; by: string | null }>(
        "SELECT seq, data ->> 'suppressed_by' AS by FROM alerts WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        held.cursor,
        SCAN,
      )
      .toArray();
    for (const row of rows) {
      if (placed >= PLACED) break;
      looked += 1;
      held.cursor = row.seq;
      if (row.by !== held.source) continue;
      const alert = core.store.alert(row.seq);
      if (alert && look(core, context, changes, alert, held, now)) placed += 1;
    }
    held.done = looked < SCAN && placed < PLACED;
    finish(core, seq, held, now);
  });
  if (held.done && wasNews(held)) tell(core, seq, held);
}

/** A change of a rule or window after which all is held as before is no news. */
const wasNews = (held: Held) => held.how !== "changed" || held.firing > 0;

function finish(core: CompanyCore, seq: number, held: Held, now: number): void {
  const { rows } = core.policy;
  if (held.done && !wasNews(held)) rows.dropHeld(seq);
  else rows.putHeld(seq, held);
  if (held.done && held.still_held === 0) rows.dropReach(held.source);
  if (held.done && !rows.nextHeld()) core.deadlines.clear("policy-release");
  else core.deadlines.set("policy-release", now);
}

/** True where the alert was placed. */
function look(
  core: CompanyCore,
  context: EngineContext,
  changes: Changes,
  alert: AlertState,
  held: Held,
  now: number,
): boolean {
  held.held += 1;
  if (alert.status !== "firing") {
    if (alert.status === "expired") held.expired += 1;
    else held.recovered += 1;
    return false;
  }
  if (now - alert.last_received_at >= EXPIRE_MS && !core.recovering.has(alert.tool)) {
    expireAlert(core, changes, alert, now, " while it was held");
    held.expired += 1;
    return false;
  }
  const still = context.policy?.decide(alert, now)?.suppress;
  if (still) {
    held.still_held += 1;
    core.policy.rows.reachBack(still.by, alert.received_at);
    if (still.by === held.source) return false;
    alert.suppressed_by = still.by;
    alert.why.push(still.why);
    changes.alerts.add(alert);
    changes.seen.add(alert);
    return false;
  }
  alert.suppressed_by = null;
  alert.why.push({
    rule: "suppressed.over",
    key: held.source,
    text: `Still firing when "${held.name}" no longer held it, so it got its incident.`,
  });
  placeAlert(context, alert, now, { force: cameEnough(context.settings, alert) });
  changes.alerts.add(alert);
  changes.seen.add(alert);
  held.firing += 1;
  const { incident } = alert;
  if (incident !== null && held.incidents.length < INCIDENTS_LISTED && !held.incidents.includes(incident))
    held.incidents.push(incident);
  return true;
}

/** One digest for all of it, on the live stream; the window's history keeps it. */
function tell(core: CompanyCore, seq: number, held: Held): void {
  const { msp_id, company_id } = core.record;
  core.ports
    .publish(msp_id, company_id, [{ type: "holding_ended", data: heldViewOf(company_id, seq, held) }])
    .catch((error) => core.ports.log("publish_failed", error));
}
