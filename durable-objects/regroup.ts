import type { Actor } from "../core/actor.ts";
import { correlateHeld } from "../core/engine/holding.ts";
import { giveFeedback, setSeverity } from "../core/engine/judging.ts";
import { mergeByHand, splitByHand, undoRegrouping } from "../core/engine/regroup.ts";
import type { Changes, IncidentState, Person } from "../core/engine/state.ts";
import { incidentView } from "../core/engine/view.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import { incidentId, type MemberId, parseMemberId } from "../core/ids.ts";
import type { Incident, Regroup } from "../core/incident.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { Correlated } from "./regroup-rpc.ts";

/** Alerts that one call groups: an object that works is an object that does not ingest. */
const CORRELATED_MAX = 2000;

const PAST_TENSE = {
  merge: "incident.merged",
  split: "incident.split",
  undo: "incident.regrouping_undone",
  feedback: "incident.feedback_given",
  severity: "incident.severity_set",
} as const satisfies Record<Regroup["type"], string>;

/** Seqs of ids that are all of this company and kind, each once; null where one is not. */
function seqsOf(core: CompanyCore, ids: string[], kind: MemberId["kind"]): number[] | null {
  const seqs = new Set<number>();
  for (const id of ids) {
    const found = parseMemberId(id);
    if (found?.kind !== kind || found.companyId !== core.record.company_id) return null;
    seqs.add(found.seq);
  }
  return [...seqs];
}

const factsOf = ({ status, severity, distinct }: IncidentState) => ({ status, severity, alerts: distinct });

/** What a person says of how alerts are grouped; change and audit note are one transaction. */
export function regroup(core: CompanyCore, actor: Actor, id: string, what: Regroup): Result<Incident> {
  const { company_id } = core.record;
  const [seq] = seqsOf(core, [id], "incident") ?? [];
  const incident = seq === undefined ? undefined : core.store.incident(seq);
  if (!incident) return notFound();
  const before = factsOf(incident);
  const done = core.mutate((changes, now) => {
    const result = change(core, changes, incident, { id: actor.user_id, name: actor.name }, what, now);
    if (result.ok && result.value) {
      const { value } = result;
      const more = {
        ...(value === incident ? {} : { split_off: incidentId(company_id, value.seq) }),
        ...(what.type === "merge" ? { merged: what.incident_ids } : {}),
        ...(what.type === "feedback" ? { good: what.good } : {}),
      };
      const target = { type: "incident", id, name: incident.title };
      const after = { ...factsOf(incident), ...more };
      core.audit(actor, { action: PAST_TENSE[what.type], target, before, after }, now);
    }
    return result;
  });
  const view = (one: IncidentState) =>
    incidentView(company_id, core.store.incident(one.seq) ?? one, clock.now());
  if (done.ok) return ok(view(done.value ?? incident));
  if (done.error.code !== "conflict") return done;
  return { ok: false, error: { ...done.error, current: view(incident) } };
}

/** The incident to answer; null where nothing was left to do. */
function change(
  core: CompanyCore,
  changes: Changes,
  incident: IncidentState,
  by: Person,
  what: Regroup,
  now: number,
): Result<IncidentState | null> {
  const ctx = core.context(changes);
  const same = (result: Result<null>) => (result.ok ? ok(incident) : result);
  switch (what.type) {
    case "merge": {
      const seqs = seqsOf(core, what.incident_ids, "incident");
      const known = (seqs ?? []).flatMap((seq) => core.store.incident(seq) ?? []);
      if (!seqs || known.length !== seqs.length) return notFound();
      if (known.includes(incident))
        return fail("validation_failed", "An incident cannot be merged into itself.", {
          fields: { incident_ids: "holds the incident itself" },
        });
      // Who asks a second time finds it done.
      const left = known.filter((one) => one.merged_into !== incident.seq);
      return left.length === 0 ? ok(null) : same(mergeByHand(ctx, incident, left, by, now));
    }
    case "split": {
      const seqs = seqsOf(core, what.alert_ids, "alert");
      return seqs ? splitByHand(ctx, incident, seqs, what.title || null, by, now) : notFound();
    }
    case "undo":
      return same(undoRegrouping(ctx, incident, by, now));
    case "feedback": {
      const alerts = seqsOf(core, what.alert_ids, "alert");
      if (!alerts) return notFound();
      const { good, comment } = what;
      return same(giveFeedback(changes, incident, { good, comment, alerts }, by, now));
    }
    case "severity": {
      const result = setSeverity(changes, incident, what.severity, by, now);
      return result.ok ? ok(result.value.changed ? incident : null) : result;
    }
  }
}

/** Groups what waits, the oldest first. */
export function correlate(core: CompanyCore, actor: Actor): Result<Correlated> {
  const placed = core.mutate((changes, now) => {
    const n = correlateHeld(core.context(changes), now, CORRELATED_MAX);
    const target = { type: "company", id: core.record.company_id, name: core.record.name };
    core.audit(actor, { action: "incident.correlated", target, after: { alerts: n } }, now);
    return n;
  });
  return ok({ placed, left: core.store.heldOf(null, Number.MAX_SAFE_INTEGER).length });
}

/** How alerts are grouped was changed: what waits is looked at anew. */
export function lookAtWaiting(core: CompanyCore): void {
  const now = clock.now();
  core.transaction(() => {
    for (const name of core.deadlines.names("held:")) core.deadlines.set(name, now);
  });
  core.deadlines.arm(now);
}
