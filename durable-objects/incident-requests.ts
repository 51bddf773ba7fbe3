import type { Actor } from "../core/actor.ts";
import type { Alert } from "../core/alert.ts";
import { command } from "../core/engine/commands.ts";
import type { IncidentState } from "../core/engine/state.ts";
import { alertView, feedbackView, incidentView, timelineView } from "../core/engine/view.ts";
import { notFound, ok, type Result } from "../core/errors.ts";
import { type MemberId, parseMemberId } from "../core/ids.ts";
import type { Incident, IncidentCommand, IncidentDetail, TimelineEntry } from "../core/incident.ts";
import { type PortalDetail, portalEntry, portalIncident } from "../core/portal.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";

const PAST_TENSE = {
  acknowledge: "incident.acknowledged",
  resolve: "incident.resolved",
  reopen: "incident.reopened",
  note: "incident.noted",
} as const;

/** The number inside an id; null where the id is of another company or names something else. */
export function seqOf(core: CompanyCore, id: string, kind: MemberId["kind"]): number | null {
  const parsed = parseMemberId(id);
  return parsed?.kind === kind && parsed.companyId === core.record.company_id ? parsed.seq : null;
}

function found(core: CompanyCore, id: string): IncidentState | undefined {
  const seq = seqOf(core, id, "incident");
  return seq ? core.store.incident(seq) : undefined;
}

export function alertById(core: CompanyCore, id: string): Result<Alert> {
  const seq = seqOf(core, id, "alert");
  const alert = seq ? core.store.alert(seq) : undefined;
  return alert ? ok(alertView(core.record.company_id, alert)) : notFound();
}

export function incidentById(core: CompanyCore, id: string): Result<IncidentDetail> {
  const incident = found(core, id);
  if (!incident) return notFound();
  const { company_id } = core.record;
  const alerts = core.store.alertsOf(incident.members).reverse();
  return ok({
    ...incidentView(company_id, incident, clock.now()),
    alerts: alerts.map((a) => alertView(company_id, a)),
    alerts_not_listed: incident.distinct - incident.members.length,
    feedback: feedbackView(company_id, incident),
    timeline: core.store.timeline(incident.seq).map(timelineView),
  });
}

export function timelineOf(core: CompanyCore, id: string): Result<TimelineEntry[]> {
  const incident = found(core, id);
  return incident ? ok(core.store.timeline(incident.seq).map(timelineView)) : notFound();
}

/** One incident as a client may see it. */
export function incidentForClient(core: CompanyCore, id: string): Result<PortalDetail> {
  const incident = found(core, id);
  if (!incident) return notFound();
  const shown = portalIncident(incidentView(core.record.company_id, incident, clock.now()));
  const entries = core.store.timeline(incident.seq).map(timelineView);
  return ok({ ...shown, timeline: entries.flatMap((entry) => portalEntry(entry) ?? []) });
}

/** What a person does to an incident; change and audit note are one transaction. */
export function commandIncident(
  core: CompanyCore,
  actor: Actor,
  id: string,
  cmd: IncidentCommand,
): Result<Incident> {
  const incident = found(core, id);
  if (!incident) return notFound();
  const before = incident.status;
  const done = core.mutate((changes, now) => {
    const result = command(changes, incident, actor, cmd, now);
    if (result.ok && result.value.changed) {
      const target = { type: "incident", id, name: incident.title };
      const [was, is] = [{ status: before }, { status: incident.status }];
      core.audit(actor, { action: PAST_TENSE[cmd.type], target, before: was, after: is }, now);
    }
    return result;
  });
  const current = incidentView(
    core.record.company_id,
    core.store.incident(incident.seq) ?? incident,
    clock.now(),
  );
  return done.ok ? ok(current) : { ok: false, error: { ...done.error, current } };
}
