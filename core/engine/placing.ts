import type { NormalizedAlert, Reason } from "../alert.ts";
import { aggregationKey, readableKey } from "../keys.ts";
import { canonicalSignature, classify } from "../signature.ts";
import { type EngineContext, MINUTE, type Outcome } from "./context.ts";
import { create, include, note, reopen } from "./incidents.ts";
import { HARD_AGE_MS } from "./limits.ts";
import type { AlertState, IncidentState } from "./state.ts";
import { duration } from "./text.ts";
import { firstVariant } from "./variants.ts";

/** May this incident take an alert now: open within window and age, or resolved within the re-open time. */
export function takesBack(ctx: EngineContext, incident: IncidentState, now: number): boolean {
  if (now - incident.created_at >= HARD_AGE_MS) return false;
  if (incident.status === "resolved") {
    return now - (incident.resolved_at ?? 0) <= ctx.settings.reopen_minutes * MINUTE;
  }
  return now - incident.last_alert_at <= ctx.settings.window_minutes * MINUTE || incident.firing > 0;
}

export function open(
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
  const { asset, key: assetKey, learned } = ctx.assets.resolve(a.asset_name, a.asset_id, now);
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

/** Finds or founds the incident of an alert that fires and has none: what held it back is over. */
export function placeAlert(ctx: EngineContext, alert: AlertState, now: number): Outcome {
  const asset = ctx.assets.byKeyOf(alert.asset_key);
  const critical = asset?.aliases.some((alias) => ctx.critical.has(alias)) ?? false;
  return place(ctx, alert, canonicalSignature(alert.raw_signature).title, critical, now, null);
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
