import type { NormalizedAlert } from "../alert.ts";
import { readableKey } from "../keys.ts";
import { canonicalSignature, classify, type Signature } from "../signature.ts";
import type { EngineContext, Outcome, Verdict } from "./context.ts";
import { EXPIRE_MS } from "./limits.ts";
import { placeAlert } from "./placing.ts";
import type { AlertState } from "./state.ts";
import { countNew } from "./storm.ts";
import { firstVariant } from "./variants.ts";

/** By the rule that made a key: how its alert was told apart. */
export const DEDUP_TEXT: Record<string, string> = {
  "dedup.caller_key": "Told apart by the key the sender gave.",
  "dedup.source_identity": "Told apart by the fields its source identifies alerts with.",
  "dedup.asset_check": "Told apart by asset and signature; severity, time and message do not count.",
};

/** A firing alert that nothing firing is known of: makes its state, asks the company's policy, and places it. */
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
  const signature = canonicalSignature(a.signature);
  const { asset, key: assetKey, learned } = ctx.assets.resolve(a.asset_name, a.asset_id, now);
  const alert: AlertState = {
    seq: 0,
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
    commit: 0,
  };
  if (a.flags.includes("no_severity")) judge(alert, signature);
  if (a.group) alert.group = a.group;
  if (a.family) alert.family = a.family;
  const verdict = a.heartbeat || a.test ? null : (ctx.policy?.decide(alert, now) ?? null);
  if (verdict?.drop) return { alert: null, outcome: "dropped" };
  alert.seq = store.nextAlertSeq();
  if (asset && learned.length > 0) changes.assets.add(asset);
  changes.alerts.add(alert);
  changes.seen.add(alert);
  const tombstone = store.tombstone(dedup.key);
  if (tombstone) {
    store.dropTombstone(dedup.key);
    changes.tombstones.set(dedup.key, null);
    if (a.event_time !== null && t < tombstone.event_time && now <= tombstone.expires_at)
      return closedBefore(ctx, alert, tombstone.event_time);
  }
  store.addAlert(alert);
  if (a.heartbeat || a.test) return suppressed(ctx, alert, a.heartbeat ? HEARTBEAT : TEST, now);
  if (verdict) apply(alert, verdict);
  if (verdict?.suppress) return suppressed(ctx, alert, verdict.suppress, now);
  countNew(ctx, now);
  return placeAlert(ctx, alert, now, { before: before?.incident ?? null });
}

const HAS_END = /^(silence|maintenance):/;
const HEARTBEAT = {
  by: "heartbeat",
  why: {
    rule: "suppressed.heartbeat",
    text: "A watchdog that always fires: kept as a sign of life, never an incident.",
  },
};
const TEST = {
  by: "test",
  why: { rule: "suppressed.test", text: "Its tool's own test: it arrives. Kept, and never an incident." },
};

function suppressed(
  ctx: EngineContext,
  alert: AlertState,
  { by, why }: NonNullable<Verdict["suppress"]>,
  now: number,
): Outcome {
  // What a silence or window holds is looked at when that ends; the rest by nobody else.
  if (!HAS_END.test(by)) ctx.changes.due.set(`silent:${alert.seq}`, now + EXPIRE_MS);
  alert.suppressed_by = by;
  alert.why.push(why);
  return { alert, outcome: "suppressed" };
}

/** Its tool did not say how bad it is: what such a thing usually is stands in, and rules may say otherwise. */
function judge(alert: AlertState, { title, usually }: Signature): void {
  if (usually === null) return;
  alert.set_severity = [alert.severity, usually];
  alert.severity = usually;
  const text = `${alert.tool} says no severity; "${title}" usually is ${usually}.`;
  alert.why.push({ rule: "severity.vocabulary", key: alert.signature, text });
}

/** What the company's rules and corrections say of the alert itself; of its place, it is kept with it. */
function apply(alert: AlertState, verdict: Verdict): void {
  if (verdict.severity) {
    alert.set_severity = [alert.original_severity, verdict.severity];
    alert.severity = verdict.severity;
  }
  if (verdict.category) alert.category = verdict.category;
  alert.why.push(...verdict.reasons);
  const { group, title, assignee, runbook } = verdict;
  if (group || title || assignee || runbook) alert.ruled = { group, title, assignee, runbook };
}

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
