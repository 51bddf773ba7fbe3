import type { Reason } from "../alert.ts";
import { type EngineContext, MINUTE } from "./context.ts";
import { HARD_AGE_MS } from "./limits.ts";
import type { AlertState, IncidentState } from "./state.ts";
import { duration } from "./text.ts";

/** Where a key leads: by a rule of the company, or by the strategy. */
export interface Target {
  key: string;
  /** As people read it. */
  shown: string;
  /** "asset|signature", or the rule's name. */
  by: string;
  rule: Reason | null;
  window_ms?: number;
  /** The key lacks a part: nothing else is ever under it. */
  alone: boolean;
}

/** How long an incident takes alerts after its last, in ms. */
export const windowOf = (ctx: Pick<EngineContext, "settings">, incident: IncidentState) =>
  incident.window_ms ?? ctx.settings.window_minutes * MINUTE;

export const reopened = (target: Target): Reason => ({
  rule: "reopen.same_key",
  key: target.shown,
  text: `Reopened an incident resolved a moment ago with the same ${target.by}.`,
});

export function sameKey(ctx: EngineContext, target: Target, last: IncidentState, now: number): Reason {
  const window = windowOf(ctx, last);
  const ago = duration(now - last.last_alert_at);
  return {
    rule: target.rule ? "group.rule" : "group.same_key",
    key: target.shown,
    evidence: {
      seconds_since_last_alert: Math.round((now - last.last_alert_at) / 1000),
      window_minutes: window / MINUTE,
    },
    text: target.rule
      ? `Joined: ${target.rule.text} The one before came ${ago} ago.`
      : `Joined: same ${target.by}, ${ago} after the one before (window ${duration(window)}).`,
  };
}

export const ofMerged = (target: Target, survivor: IncidentState): Reason => ({
  rule: "group.merged",
  key: target.shown,
  text: `Joined: the incident with the same ${target.by} is part of "${survivor.title}" now.`,
});

export function consequence(path: string[], cause: IncidentState, now: number): Reason {
  const way = path.slice(1).reduce((text, name) => `${text} depends on ${name}`, path[0] ?? "");
  return {
    rule: "group.topology",
    evidence: { path, incident: cause.seq },
    text: `Joined: ${way}, where trouble began ${duration(now - cause.opened_at)} ago.`,
  };
}

export const shared = (alert: AlertState): Reason => ({
  rule: "group.topology",
  text: `${alert.asset_name} depends on what is in both, and fails as well.`,
});

export function openedText(
  ctx: EngineContext,
  { by, alone }: Target,
  last: IncidentState | undefined,
  now: number,
): string {
  if (alone) return "Opened alone: what the grouping needs is missing from the alert.";
  if (!last) return `Opened: nothing with the same ${by} was open.`;
  if (last.merged_into !== undefined)
    return `Opened: the one with the same ${by} was merged into another, which takes no more.`;
  if (last.status === "resolved")
    return `Opened as a recurrence: the one with the same ${by} was resolved ${duration(now - (last.resolved_at ?? now))} ago.`;
  if (now - last.created_at >= HARD_AGE_MS)
    return `Opened: the one with the same ${by} is older than ${duration(HARD_AGE_MS)}.`;
  return `Opened: the last alert with the same ${by} came ${duration(now - last.last_alert_at)} ago, past the window of ${duration(windowOf(ctx, last))}.`;
}
