import type { NormalizedAlert, Reason } from "../alert.ts";
import type { AssetBook } from "../asset.ts";
import { aggregationKey, dedupKey, readableKey } from "../keys.ts";
import type { CorrelationSettings } from "../settings.ts";
import { canonicalSignature, classify } from "../signature.ts";
import { alertClosed, create, include, note, raise, reopen, touch } from "./incidents.ts";
import { CLOCK_AHEAD_MS, CLOCK_BACK_MS, HARD_AGE_MS, TOMBSTONE_MS, WHY_MAX } from "./limits.ts";
import type { AlertState, Changes, EngineStore, IncidentState } from "./state.ts";
import { duration } from "./text.ts";
import { firedAt, firstVariant, variantEnds, variantFires, worstVariant } from "./variants.ts";

const MINUTE = 60_000;

export interface EngineContext {
  company_id: string;
  settings: CorrelationSettings;
  assets: AssetBook;
  /** Normalised names of the assets whose trouble weighs more. */
  critical: ReadonlySet<string>;
  store: EngineStore;
  changes: Changes;
}

/** What became of one alert; `alert` is null for a recovery that nothing matched. */
export interface Outcome {
  alert: AlertState | null;
  outcome: "opened" | "joined" | "reopened" | "repeated" | "resolved" | "recorded" | "waiting" | "suppressed";
}

/**
 * Takes one alert in. Windows run on `now` (when we received it); the source's time, clamped, only orders
 * firing against recovery. Mutates the state in the store and says in `changes` what it touched.
 */
export function takeIn(
  ctx: EngineContext,
  a: NormalizedAlert,
  deliveryId: string | null,
  now: number,
): Outcome {
  const dedup = dedupKey(ctx.company_id, a);
  const known = ctx.store.alertByKey(dedup.key);
  const t = timeOf(a, known, now);
  if (a.status === "resolved") return recover(ctx, a, known, dedup.key, t, now);
  count(ctx.changes, a);
  if (known?.status === "firing") return repeat(ctx, known, a, t, now);
  if (known) {
    const again = refire(ctx, known, a, t, now);
    if (again) return again;
  }
  return open(ctx, a, dedup, deliveryId, t, now, known);
}

/** The source's time, clamped. Where it gives none, arrival is the order, even if its clock ran ahead before. */
function timeOf(a: NormalizedAlert, known: AlertState | undefined, now: number): number {
  if (a.event_time === null) return Math.max(now, known?.fired_at ?? 0, known?.resolved_at ?? 0);
  return Math.min(Math.max(a.event_time, now - CLOCK_BACK_MS), now + CLOCK_AHEAD_MS);
}

function count(changes: Changes, a: NormalizedAlert): void {
  const key = `${a.severity}|${a.tool_source}`;
  changes.counts.set(key, (changes.counts.get(key) ?? 0) + 1);
}

/** Adds a reason. How it was told apart and grouped stays; of what came later, the newest. */
function explain(alert: AlertState, reason: Reason): void {
  alert.why.push(reason);
  if (alert.why.length > WHY_MAX) alert.why.splice(2, 1);
}

function recover(
  ctx: EngineContext,
  a: NormalizedAlert,
  known: AlertState | undefined,
  key: string,
  t: number,
  now: number,
): Outcome {
  const { changes } = ctx;
  if (!known) {
    const tombstone = { key, event_time: t, expires_at: now + TOMBSTONE_MS };
    ctx.store.addTombstone(tombstone);
    changes.tombstones.set(key, tombstone);
    return { alert: null, outcome: "waiting" };
  }
  if (known.status !== "firing") {
    if (known.resolved_at === null || t > known.resolved_at) {
      known.resolved_at = t;
      changes.alerts.add(known);
    }
    return { alert: known, outcome: "resolved" };
  }
  const fired = firedAt(known, a);
  if (fired === undefined) return { alert: known, outcome: "recorded" };
  if (t < fired) {
    explain(known, {
      rule: "recovery.out_of_order",
      text: `A recovery ${duration(fired - t)} older than the newest firing was recorded, not applied.`,
    });
    changes.alerts.add(known);
    return { alert: known, outcome: "recorded" };
  }
  const left = variantEnds(known, a);
  if (left) {
    explain(known, {
      rule: "recovery.in_part",
      text: `It recovered at severity ${a.severity} and still fires at ${left}.`,
    });
    known.severity = left;
    changes.alerts.add(known);
    changes.seen.add(known);
    return { alert: known, outcome: "recorded" };
  }
  known.status = "resolved";
  known.resolved_at = t;
  known.last_seen = Math.max(known.last_seen, t);
  changes.alerts.add(known);
  changes.seen.add(known);
  const incident = known.incident === null ? undefined : ctx.store.incident(known.incident);
  if (incident) {
    note(
      changes,
      incident,
      now,
      "alert_resolved",
      `${known.asset_name || known.tool}: ${known.raw_signature} recovered at the source.`,
      {
        actor: { type: "tool", name: known.tool },
      },
    );
    alertClosed(changes, incident, now, ctx.settings.resolve_delay_minutes * MINUTE);
  }
  return { alert: known, outcome: "resolved" };
}

/** A firing alert fires again: counted; a changed severity is applied and recorded. */
function repeat(ctx: EngineContext, known: AlertState, a: NormalizedAlert, t: number, now: number): Outcome {
  const { changes } = ctx;
  known.count += 1;
  known.last_received_at = now;
  known.last_seen = Math.max(known.last_seen, t);
  known.fired_at = Math.max(known.fired_at, t);
  if (a.message && a.message !== known.message) {
    known.message = a.message;
    changes.reworded.add(known);
  }
  changes.seen.add(known);
  changes.repeats.set(known, (changes.repeats.get(known) ?? 0) + 1);
  const incident = known.incident === null ? undefined : ctx.store.incident(known.incident);
  if (incident) {
    incident.alert_count += 1;
    incident.last_alert_at = Math.max(incident.last_alert_at, now);
    incident.updated_at = now;
    changes.counted.set(incident, (changes.counted.get(incident) ?? 0) + 1);
  }
  if (variantFires(known, a, t)) changes.alerts.add(known);
  const severity = worstVariant(known) ?? a.severity;
  if (severity !== known.severity) {
    explain(known, {
      rule: "severity.changed",
      text: `Severity changed from ${known.severity} to ${severity} at the source.`,
    });
    known.severity = severity;
    changes.alerts.add(known);
    if (incident) {
      raise(changes, incident, known, now);
      touch(changes, incident, now);
    }
  }
  return { alert: known, outcome: "repeated" };
}

/** A closed alert of an incident fires again; null when its incident no longer takes it back. */
function refire(
  ctx: EngineContext,
  known: AlertState,
  a: NormalizedAlert,
  t: number,
  now: number,
): Outcome | null {
  const { changes } = ctx;
  if (known.resolved_at !== null && t < known.resolved_at) {
    known.count += 1;
    known.last_received_at = now;
    known.first_seen = Math.min(known.first_seen, t);
    changes.alerts.add(known);
    return { alert: known, outcome: "recorded" };
  }
  const incident = known.incident === null ? undefined : ctx.store.incident(known.incident);
  if (!incident || !takesBack(ctx, incident, now)) return null;
  known.status = "firing";
  known.resolved_at = null;
  known.variants = firstVariant(a, t);
  known.count += 1;
  known.severity = a.severity;
  if (a.message) known.message = a.message;
  known.fired_at = Math.max(known.fired_at, t);
  known.last_seen = Math.max(known.last_seen, t);
  known.last_received_at = now;
  changes.alerts.add(known);
  changes.seen.add(known);
  incident.firing += 1;
  incident.alert_count += 1;
  incident.quiet_since = null;
  incident.last_alert_at = Math.max(incident.last_alert_at, now);
  const closed = incident.status === "resolved";
  if (closed) {
    incident.severity = a.severity;
    reopen(changes, incident, now, `Reopened: ${known.asset_name || known.tool} fired again.`);
  } else {
    note(
      changes,
      incident,
      now,
      "alert_refired",
      `${known.asset_name || known.tool}: ${known.raw_signature} fired again.`,
      {
        actor: { type: "tool", name: known.tool },
      },
    );
    raise(changes, incident, known, now);
    touch(changes, incident, now);
  }
  return { alert: known, outcome: closed ? "reopened" : "joined" };
}

/** May this incident take an alert now: open within window and age, or resolved within the re-open time. */
function takesBack(ctx: EngineContext, incident: IncidentState, now: number): boolean {
  if (now - incident.created_at >= HARD_AGE_MS) return false;
  if (incident.status === "resolved") {
    return now - (incident.resolved_at ?? 0) <= ctx.settings.reopen_minutes * MINUTE;
  }
  return now - incident.last_alert_at <= ctx.settings.window_minutes * MINUTE || incident.firing > 0;
}

function open(
  ctx: EngineContext,
  a: NormalizedAlert,
  dedup: { key: string; rule: string },
  deliveryId: string | null,
  t: number,
  now: number,
  before: AlertState | undefined,
): Outcome {
  const { changes, store } = ctx;
  if (before) {
    before.current = false;
    changes.superseded.alerts.push(before);
  }
  const signature = canonicalSignature(a.signature);
  const { asset, key: assetKey, learned } = ctx.assets.resolve(a.asset_name, a.asset_id);
  if (asset && learned.length > 0) changes.assets.add(asset);
  const alert: AlertState = {
    seq: store.nextAlertSeq(),
    key: dedup.key,
    incident: null,
    status: "firing",
    severity: a.severity,
    original_severity: a.severity,
    category: a.category ?? classify(signature, a.message),
    asset_name: a.asset_name,
    asset_id: a.asset_id,
    asset_key: assetKey,
    signature: signature.name,
    raw_signature: a.signature,
    message: a.message,
    tool: a.tool_source,
    delivery_id: deliveryId,
    count: 1,
    first_seen: t,
    last_seen: t,
    fired_at: t,
    resolved_at: null,
    received_at: now,
    last_received_at: now,
    suppressed_by: null,
    tags: a.tags,
    links: a.links,
    flags: a.flags,
    why: [
      { rule: dedup.rule, key: readableKey(ctx.company_id, dedup.key), text: DEDUP_TEXT[dedup.rule] ?? "" },
    ],
    variants: firstVariant(a, t),
    current: true,
    commit: 0,
  };
  changes.alerts.add(alert);
  changes.seen.add(alert);
  const tombstone = store.tombstone(dedup.key);
  if (tombstone) {
    store.dropTombstone(dedup.key);
    changes.tombstones.set(dedup.key, null);
    if (a.event_time !== null && t < tombstone.event_time && now <= tombstone.expires_at)
      return closedBefore(ctx, alert, tombstone.event_time);
  }
  if (a.heartbeat) {
    alert.suppressed_by = "heartbeat";
    alert.why.push({
      rule: "suppressed.heartbeat",
      text: "A watchdog that always fires: kept as a sign of life, never an incident.",
    });
    store.addAlert(alert);
    return { alert, outcome: "suppressed" };
  }
  store.addAlert(alert);
  return place(
    ctx,
    alert,
    signature.title,
    asset?.aliases.some((alias) => ctx.critical.has(alias)) ?? false,
    now,
    before?.incident ?? null,
  );
}

const DEDUP_TEXT: Record<string, string> = {
  "dedup.caller_key": "Told apart by the key the sender gave.",
  "dedup.source_identity": "Told apart by the fields its source identifies alerts with.",
  "dedup.asset_check": "Told apart by asset and signature; severity, time and message do not count.",
};

function closedBefore(ctx: EngineContext, alert: AlertState, recoveredAt: number): Outcome {
  alert.status = "resolved";
  alert.variants = [];
  alert.resolved_at = recoveredAt;
  alert.why.push({
    rule: "recovery.came_first",
    text: "Its recovery arrived before it, so it was kept without opening an incident.",
  });
  ctx.store.addAlert(alert);
  return { alert, outcome: "recorded" };
}

/** Finds or founds the incident of a new alert. */
function place(
  ctx: EngineContext,
  alert: AlertState,
  title: string,
  critical: boolean,
  now: number,
  before: number | null,
): Outcome {
  const { changes, store, settings } = ctx;
  const strategy = settings.strategy;
  const made = aggregationKey(ctx.company_id, strategy, {
    asset: alert.asset_key,
    signature: alert.signature,
    // As the alert's own key takes it: the case in which a tool names itself tells nothing apart.
    tool: alert.tool.toLowerCase(),
  });
  if ("missing" in made) alert.why.push(made.missing);
  const key = "key" in made ? made.key : `${ctx.company_id}|alert|${alert.key}`;
  const shown = readableKey(ctx.company_id, key);
  const last = store.incidentByKey(key);
  if (last && last.status === "resolved" && takesBack(ctx, last, now)) {
    last.severity = alert.severity;
    reopen(
      changes,
      last,
      now,
      `Reopened: ${alert.asset_name || alert.tool} fired within ${duration(settings.reopen_minutes * MINUTE)} of the resolution.`,
    );
    include(
      changes,
      last,
      alert,
      {
        rule: "reopen.same_key",
        key: shown,
        text: `Reopened an incident resolved a moment ago with the same ${strategy}.`,
      },
      now,
    );
    return { alert, outcome: "reopened" };
  }
  if (last && last.status !== "resolved" && inWindow(ctx, last, now)) {
    const why: Reason = {
      rule: "group.same_key",
      key: shown,
      evidence: {
        seconds_since_last_alert: Math.round((now - last.last_alert_at) / 1000),
        window_minutes: settings.window_minutes,
      },
      text: `Joined: same ${strategy}, ${duration(now - last.last_alert_at)} after the one before (window ${duration(settings.window_minutes * MINUTE)}).`,
    };
    include(changes, last, alert, why, now);
    last.critical_asset ||= critical;
    const together = changes.joined.get(last);
    if (together) together.push(alert);
    else changes.joined.set(last, [alert]);
    return { alert, outcome: "joined" };
  }
  const recurrence = last?.seq ?? before;
  if (last) {
    last.current = false;
    changes.superseded.incidents.push(last);
  }
  const incident = create(
    store,
    changes,
    alert,
    { agg_key: key, title, critical_asset: critical, recurrence_of: recurrence },
    now,
  );
  const why: Reason = {
    rule: "missing" in made ? "group.alone" : last ? "group.new_window" : "group.new_key",
    key: shown,
    evidence: {
      window_minutes: settings.window_minutes,
      ...(recurrence === null ? {} : { previous_incident: recurrence }),
    },
    text: openedText(ctx, last, "missing" in made, now),
  };
  include(changes, incident, alert, why, now);
  note(
    changes,
    incident,
    now,
    "opened",
    `Opened by ${alert.tool}: ${alert.raw_signature} on ${alert.asset_name || "an unnamed asset"}.`,
    {
      actor: { type: "tool", name: alert.tool },
    },
  );
  return { alert, outcome: "opened" };
}

function inWindow(ctx: EngineContext, incident: IncidentState, now: number): boolean {
  return (
    now - incident.created_at < HARD_AGE_MS &&
    now - incident.last_alert_at <= ctx.settings.window_minutes * MINUTE
  );
}

function openedText(
  ctx: EngineContext,
  last: IncidentState | undefined,
  alone: boolean,
  now: number,
): string {
  if (alone) return "Opened alone: what the grouping needs is missing from the alert.";
  const { strategy } = ctx.settings;
  if (!last) return `Opened: nothing with the same ${strategy} was open.`;
  if (last.status === "resolved")
    return `Opened as a recurrence: the one with the same ${strategy} was resolved ${duration(now - (last.resolved_at ?? now))} ago.`;
  if (now - last.created_at >= HARD_AGE_MS)
    return `Opened: the one with the same ${strategy} is older than ${duration(HARD_AGE_MS)}.`;
  return `Opened: the last alert with the same ${strategy} came ${duration(now - last.last_alert_at)} ago, past the window of ${duration(ctx.settings.window_minutes * MINUTE)}.`;
}
