import type { EngineContext } from "./context.ts";
import { create, note, touch } from "./incidents.ts";
import { NAMES_MAX, STORM_ENTER, STORM_LEAVE, STORM_QUIET_MS } from "./limits.ts";
import { mergeIncidents } from "./merging.ts";
import type { AlertState, IncidentState, StormFigures } from "./state.ts";
import { duration, plural } from "./text.ts";

const MINUTE = 60_000;
const SLOT_MS = 10_000;
const SLOTS = MINUTE / SLOT_MS;
/** How fast the usual rate follows: half of what it was after so many minutes. */
const HALF_LIFE_MINUTES = 24 * 60;
/** Names counted; those beyond are counted without a name. */
const COUNTED_MAX = 500;
const SHOWN = 10;

/** How many new alerts came, and what is usual. Plain data: the object keeps it. Times are epoch ms. */
export interface StormWatch {
  /** New alerts in slots of ten seconds, the newest last. */
  slots: number[];
  /** The slot that is counted now, in units of ten seconds. */
  slot: number;
  /** New alerts a minute that are usual. */
  usual: number;
  /** The minute that was last learned from. */
  learned: number;
  active: {
    incident: number;
    since: number;
    /** Since when it is calm, or null. */
    calm_since: number | null;
    assets: Record<string, number>;
    signatures: Record<string, number>;
    tools: Record<string, number>;
  } | null;
}

export const newStormWatch = (): StormWatch => ({ slots: [], slot: 0, usual: 0, learned: 0, active: null });

/** Moves the slots on to now, and learns the usual rate from the minutes that are over. */
function advance(watch: StormWatch, now: number): void {
  const slot = Math.floor(now / SLOT_MS);
  if (slot <= watch.slot && watch.slots.length > 0) return;
  const minute = Math.floor(now / MINUTE);
  if (watch.learned === 0) watch.learned = minute;
  if (minute > watch.learned) {
    const passed = minute - watch.learned;
    // A storm is not what is usual.
    const seen = watch.active ? watch.usual : watch.slots.reduce((a, b) => a + b, 0);
    const kept = 0.5 ** (1 / HALF_LIFE_MINUTES);
    watch.usual = watch.usual * kept + seen * (1 - kept);
    if (passed > 1 && !watch.active) watch.usual *= 0.5 ** ((passed - 1) / HALF_LIFE_MINUTES);
    watch.learned = minute;
  }
  const gap = watch.slots.length === 0 ? SLOTS : Math.min(slot - watch.slot, SLOTS);
  for (let i = 0; i < gap; i++) watch.slots.push(0);
  watch.slots = watch.slots.slice(-SLOTS);
  watch.slot = slot;
}

const rateOf = (watch: StormWatch) => watch.slots.reduce((a, b) => a + b, 0);

/** The rate that counts as usual: what was learned, and never so little that a handful is a storm. */
const usualOf = (ctx: EngineContext, watch: StormWatch) =>
  Math.max(watch.usual, ctx.settings.storm_alerts_per_minute / STORM_ENTER);

/** Counts a new alert. */
export function countNew(ctx: EngineContext, now: number): void {
  const { storm } = ctx;
  if (!storm) return;
  advance(storm, now);
  const last = storm.slots.length - 1;
  storm.slots[last] = (storm.slots[last] ?? 0) + 1;
}

/**
 * The storm's incident while one goes on, founded when it begins: what would be a new incident goes there.
 * null: there is no storm.
 */
export function stormIncident(ctx: EngineContext, alert: AlertState, now: number): IncidentState | null {
  const { storm } = ctx;
  if (!storm) return null;
  const open = storm.active && ctx.store.incident(storm.active.incident);
  if (open && open.status !== "resolved") return open;
  if (rateOf(storm) < STORM_ENTER * usualOf(ctx, storm)) return null;
  return begin(ctx, alert, now);
}

function begin(ctx: EngineContext, alert: AlertState, now: number): IncidentState {
  const { storm, changes, store } = ctx;
  const key = `${ctx.company_id}|storm|${now}|${alert.seq}`;
  const made = create(
    store,
    changes,
    alert,
    { agg_key: key, title: "Alert storm", critical_asset: false, recurrence_of: null },
    now,
  );
  made.own_title = true;
  if (!storm) return made;
  const rate = rateOf(storm);
  storm.active = { incident: made.seq, since: now, calm_since: null, assets: {}, signatures: {}, tools: {} };
  const usual = Math.round(storm.usual * 10) / 10;
  const text = `${plural(rate, "new alert")} within a minute, against ${usual} as usual: what would be new incidents is gathered here until it calms down.`;
  made.why.push({ rule: "storm.began", evidence: { per_minute: rate, usual }, text });
  note(changes, made, now, "storm_began", text);
  gatherRecent(ctx, made, now);
  refresh(ctx, made, now);
  changes.due.set("storm", now + MINUTE);
  return made;
}

/** What the storm's first minute opened before it was known to be one, and nobody has touched. */
function gatherRecent(ctx: EngineContext, storm: IncidentState, now: number): void {
  const recent: IncidentState[] = [];
  for (let seq = storm.seq - 1; seq > 0; seq--) {
    const one = ctx.store.incident(seq);
    if (!one || now - one.created_at > MINUTE) break;
    const untouched = one.status === "new" && one.reopen_count === 0 && !one.assigned_to && !one.regrouped;
    if (untouched && one.storm === undefined) recent.push(one);
  }
  if (recent.length === 0) return;
  const alerts = recent.flatMap((one) => ctx.store.alertsOf(one.members));
  const why = { rule: "storm.gathered", text: "they opened in the minute in which the storm began." };
  mergeIncidents(ctx, storm, recent.reverse(), null, why, now);
  for (const alert of alerts) tally(ctx, alert);
  // A storm is taken back by splitting, not by a hundred undoings.
  storm.regrouped = undefined;
}

function tally(ctx: EngineContext, alert: AlertState): void {
  const active = ctx.storm?.active;
  if (!active) return;
  bump(active.assets, alert.asset_name);
  bump(active.signatures, alert.signature);
  bump(active.tools, alert.tool);
}

function bump(counts: Record<string, number>, name: string): void {
  if (Object.hasOwn(counts, name)) counts[name] = (counts[name] ?? 0) + 1;
  else if (name !== "" && Object.keys(counts).length < COUNTED_MAX)
    Object.defineProperty(counts, name, { value: 1, writable: true, enumerable: true, configurable: true });
}

/** One more alert is in the storm's incident. */
export function countStorm(
  ctx: EngineContext,
  incident: IncidentState,
  alert: AlertState,
  now: number,
): void {
  tally(ctx, alert);
  refresh(ctx, incident, now);
}

const top = (counts: Record<string, number>): [string, number][] =>
  Object.entries(counts)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, SHOWN);

function refresh(
  ctx: EngineContext,
  incident: IncidentState,
  now: number,
  until: number | null = null,
): void {
  const active = ctx.storm?.active;
  if (!active) return;
  // The lists are sorted when they may have changed visibly, not for each of ten thousand.
  const n = incident.distinct;
  if (until === null && incident.storm && n > 50 && n % 50 !== 0) {
    incident.title = stormTitle(incident, active.tools);
    return;
  }
  const figures: StormFigures = {
    since: active.since,
    until,
    assets: top(active.assets),
    signatures: top(active.signatures),
    tools: top(active.tools),
  };
  incident.storm = figures;
  incident.tools = Object.keys(active.tools).slice(0, NAMES_MAX);
  incident.title = stormTitle(incident, active.tools);
  touch(ctx.changes, incident, now);
}

function stormTitle(incident: IncidentState, tools: Record<string, number>): string {
  const n = Math.max(1, incident.distinct).toLocaleString("en-US");
  return `Alert storm: ${n} alerts from ${plural(Object.keys(tools).length, "tool")}`;
}

/** Whether a storm goes on. Answers when to look again, or null when it is over or there is none. */
export function watchStorm(ctx: EngineContext, now: number): number | null {
  const { storm } = ctx;
  if (!storm?.active) return null;
  advance(storm, now);
  const incident = ctx.store.incident(storm.active.incident);
  const calm = rateOf(storm) < STORM_LEAVE * usualOf(ctx, storm);
  if (!calm) storm.active.calm_since = null;
  else storm.active.calm_since ??= now;
  const { calm_since, since } = storm.active;
  const over = calm_since !== null && now - calm_since >= STORM_QUIET_MS;
  if (incident && incident.status !== "resolved") {
    if (!over) {
      refresh(ctx, incident, now);
      return now + MINUTE;
    }
    refresh(ctx, incident, now, now);
    const text = `The storm is over: ${incident.distinct.toLocaleString("en-US")} alerts in ${duration((calm_since ?? now) - since)}, most of them from ${incident.storm?.assets[0]?.[0] ?? "unnamed assets"}.`;
    note(ctx.changes, incident, now, "storm_over", text);
    touch(ctx.changes, incident, now);
  } else if (!over) return now + MINUTE;
  storm.active = null;
  return null;
}
