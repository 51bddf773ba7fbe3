import { incidentId } from "../core/ids.ts";
import type { Correction, CorrectionView } from "../core/policy/correction.ts";
import type { HeldView, MaintenanceWindow, WindowView } from "../core/policy/maintenance.ts";
import type { Occurrence } from "../core/policy/recurrence.ts";
import { RULES_MAX, type Rule, type RuleView } from "../core/policy/rule.ts";
import type { Silence, SilenceView } from "../core/policy/silence.ts";
import { windowHold } from "../core/policy/suppression.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { Held } from "./policy-rows.ts";
import type { PolicyLists, PolicyPart } from "./policy-rpc.ts";

const NEXT_SHOWN = 5;
const HISTORY_SHOWN = 100;
const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

const VIEWS: { [P in PolicyPart]: (core: CompanyCore) => PolicyLists[P] } = {
  rules(core) {
    const own = core.policy.rows.all("rule");
    const theirs = core.policy.rows.all("msp_rule");
    return [
      ...own.map((rule) => ruleView(core, rule, "company", false)),
      ...theirs.map((rule, i) => ruleView(core, rule, "msp", own.length + i >= RULES_MAX)),
    ];
  },
  silences: ({ policy }) =>
    policy.rows
      .all("silence")
      .sort((a, b) => b.created_at - a.created_at)
      .map(silenceView),
  windows: (core) =>
    core.policy.rows
      .all("window")
      .sort((a, b) => (a.starts_at < b.starts_at ? -1 : 1))
      .map((one) => windowViewOf(core, one)),
  corrections: ({ policy }) => policy.rows.all("correction").map(correctionView),
  history: ({ policy, record }) =>
    policy.rows.history(HISTORY_SHOWN).map(({ seq, held }) => heldViewOf(record.company_id, seq, held)),
};

export function policyList<P extends PolicyPart>(core: CompanyCore, part: P): PolicyLists[P] {
  return VIEWS[part](core);
}

function ruleView(core: CompanyCore, rule: Rule, scope: "company" | "msp", left_out: boolean): RuleView {
  const fared = core.policy.fared(rule.id);
  return {
    id: rule.id,
    scope,
    name: rule.name,
    enabled: rule.enabled,
    when: rule.when,
    actions: rule.actions,
    stop: rule.stop,
    created_at: iso(rule.created_at),
    created_by: rule.created_by,
    matched: fared.matched,
    last_matched_at: isoOrNull(fared.last_matched_at),
    ungrouped: fared.ungrouped,
    errors: fared.errors,
    last_error_at: isoOrNull(fared.last_error_at),
    last_error: left_out
      ? `Not applied: a company has at most ${RULES_MAX} rules, its own first.`
      : fared.last_error,
  };
}

function silenceView(silence: Silence): SilenceView {
  const now = clock.now();
  const { starts_at, ends_at } = silence;
  return {
    id: silence.id,
    status: now >= ends_at ? "ended" : now >= starts_at ? "active" : "pending",
    when: silence.when,
    comment: silence.comment,
    starts_at: iso(starts_at),
    ends_at: iso(ends_at),
    from: silence.from,
    created_at: iso(silence.created_at),
    created_by: silence.created_by,
    ended_by: silence.ended_by,
  };
}

const occurrence = ({ start, end }: Occurrence) => ({ starts_at: iso(start), ends_at: iso(end) });

function windowViewOf(core: CompanyCore, window: MaintenanceWindow): WindowView {
  const { not_before, handled_until: _, created_at, ...shown } = window;
  const now = clock.now();
  let last_error = core.policy.fared(window.id).last_error;
  let times: Occurrence[] = [];
  try {
    // One that is off shows what it would do.
    const hold = windowHold({ ...window, enabled: true });
    times = hold.times(Math.max(now, not_before), NEXT_SHOWN + 1);
  } catch (error) {
    last_error = error instanceof Error ? error.message : "It cannot be understood.";
  }
  const current = window.enabled ? (times.find(({ start }) => start <= now) ?? null) : null;
  return {
    ...shown,
    status: window.enabled ? (current ? "active" : times.length > 0 ? "pending" : "ended") : "disabled",
    current: current && occurrence(current),
    next: times
      .filter(({ start }) => start > now)
      .slice(0, NEXT_SHOWN)
      .map(occurrence),
    created_at: iso(created_at),
    last_error,
  };
}

function correctionView(correction: Correction): CorrectionView {
  const { id, signature, category = null, severity = null, comment, created_at, created_by } = correction;
  return { id, signature, category, severity, comment, created_at: iso(created_at), created_by };
}

export function heldViewOf(companyId: string, seq: number, held: Held): HeldView {
  const { cursor: _, started_at, ended_at, incidents, ...rest } = held;
  return {
    id: String(seq),
    ...rest,
    started_at: iso(started_at),
    ended_at: iso(ended_at),
    incidents: incidents.map((one) => incidentId(companyId, one)),
  };
}
