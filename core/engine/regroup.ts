import { fail, ok, type Result } from "../errors.ts";
import { worse } from "../severity.ts";
import type { EngineContext } from "./context.ts";
import { create, note, touch } from "./incidents.ts";
import { EXPIRE_MS } from "./limits.ts";
import { count, describeAnew, mergeIncidents, move, remember, worstOf } from "./merging.ts";
import { isCritical } from "./placing.ts";
import { smartInput } from "./smart-placing.ts";
import type { AlertState, IncidentState, Person, Regrouping } from "./state.ts";
import { plural } from "./text.ts";

const actorOf = (by: Person) => ({ type: "user", id: by.id, name: by.name }) as const;

/** A person says that incidents are one. All are open and of one company; `from` has at least one. */
export function mergeByHand(
  ctx: EngineContext,
  into: IncidentState,
  from: IncidentState[],
  by: Person,
  now: number,
): Result<null> {
  if (into.status === "resolved")
    return fail("conflict", "This incident is resolved; reopen it to merge into it.");
  const over = from.find((one) => one.status === "resolved");
  if (over) return fail("conflict", `"${over.title}" is resolved already, so it cannot be merged.`);
  const alerts = from.flatMap((one) => one.members);
  const why = { rule: "merge.by_hand", text: `${by.name} merged them.` };
  mergeIncidents(ctx, into, from, by, why, now);
  for (const one of from)
    ctx.changes.lessons.push({ kind: "merged", incident: into.seq, other: one.seq, alerts, at: now });
  return ok(null);
}

/** A person says that some alerts are another trouble; the new incident is answered. */
export function splitByHand(
  ctx: EngineContext,
  incident: IncidentState,
  seqs: number[],
  title: string | null,
  by: Person,
  now: number,
): Result<IncidentState> {
  if (incident.status === "resolved")
    return fail("conflict", "This incident is resolved; reopen it to split it.");
  const alerts = ctx.store.alertsOf(seqs).filter((a) => a.incident === incident.seq);
  const [first] = alerts;
  if (!first || alerts.length !== seqs.length)
    return fail("conflict", "Some of these alerts are not in this incident any more.");
  if (alerts.length >= incident.distinct)
    return fail("validation_failed", "Leave at least one alert in the incident.", {
      fields: { alert_ids: "these are all of its alerts" },
    });
  const made = create(
    ctx.store,
    ctx.changes,
    first,
    {
      agg_key: `${ctx.company_id}|split|${incident.seq}|${first.seq}|${now}`,
      title: title ?? first.raw_signature,
      critical_asset: alerts.some((alert) => isCritical(ctx, alert)),
      recurrence_of: null,
    },
    now,
  );
  if (title) made.own_title = true;
  made.assigned_to = incident.assigned_to;
  made.severity = worstOf(alerts);
  made.why.push({ rule: "split.by_hand", text: `${by.name} split it off "${incident.title}".` });
  move(ctx, alerts, incident, made);
  followed(ctx, alerts, made, now);
  const unlisted = { distinct: 0, firing: 0, alert_count: 0 };
  remember(incident, { kind: "split", other: made.seq, alerts: seqs, unlisted, at: now, by });
  describeAnew(ctx, made, now);
  describeAnew(ctx, incident, now);
  for (const alert of alerts)
    alert.why.push({ rule: "split.by_hand", text: `${by.name} said that it is another trouble.` });
  const what = plural(alerts.length, "alert");
  note(ctx.changes, incident, now, "split", `${by.name} split off ${what} as "${made.title}".`, {
    actor: actorOf(by),
    data: { into: made.seq },
  });
  note(ctx.changes, made, now, "opened", `${by.name} split ${what} off "${incident.title}".`, {
    actor: actorOf(by),
    data: { from: incident.seq },
  });
  touch(ctx.changes, incident, now);
  touch(ctx.changes, made, now);
  ctx.changes.lessons.push({ kind: "split", incident: incident.seq, other: made.seq, alerts: seqs, at: now });
  return ok(made);
}

/** What else comes of these checks follows them, where grouping goes by what belongs together. */
function followed(ctx: EngineContext, alerts: AlertState[], to: IncidentState, now: number): void {
  if (ctx.smart) for (const alert of alerts) ctx.smart.moved(smartInput(ctx.assets, alert, now), to.seq);
}

/** Takes back the newest merge or split of an incident; a merge of several at once as one. */
export function undoRegrouping(
  ctx: EngineContext,
  incident: IncidentState,
  by: Person,
  now: number,
): Result<null> {
  const records = incident.regrouped ?? [];
  const last = records.at(-1);
  if (!last) return fail("conflict", "There is no merge or split of this incident to take back.");
  if (incident.status === "resolved") return fail("conflict", "This incident is resolved; reopen it first.");
  if (last.kind === "split") {
    const undone = unsplit(ctx, incident, last, by, now);
    return undone.ok ? ok(null) : undone;
  }
  const together = records.filter((one) => one.kind === "merge" && one.at === last.at);
  incident.regrouped = records.filter((one) => !together.includes(one));
  for (const one of together.reverse()) unmerge(ctx, incident, one, by, now);
  return ok(null);
}

function unsplit(
  ctx: EngineContext,
  incident: IncidentState,
  last: Regrouping,
  by: Person,
  now: number,
): Result<null> {
  const other = ctx.store.incident(last.other);
  if (!other || other.merged_into !== undefined)
    return fail("conflict", "What was split off is not there any more.");
  if (other.status === "resolved") return fail("conflict", `"${other.title}" is resolved already.`);
  const before = incident.regrouped?.slice(0, -1);
  const why = { rule: "split.undone", text: `${by.name} took the split back.` };
  mergeIncidents(ctx, incident, [other], by, why, now);
  incident.regrouped = before;
  describeAnew(ctx, incident, now);
  told(ctx, incident, other, "split of", last.alerts, by, now);
  return ok(null);
}

function unmerge(
  ctx: EngineContext,
  incident: IncidentState,
  merge: Regrouping,
  by: Person,
  now: number,
): void {
  const other = ctx.store.incident(merge.other);
  if (!other || other.merged_into !== incident.seq) return;
  takeApart(ctx, incident, other, ctx.store.alertsOf(merge.alerts), now);
  count(incident, merge.unlisted, -1);
  count(other, merge.unlisted, 1);
  describeAnew(ctx, incident, now);
  describeAnew(ctx, other, now);
  weighAnew(ctx, incident, merge);
  told(ctx, incident, other, "merge with", merge.alerts, by, now);
}

/** What only the other one had brought in counts no more; what a person said since stands. */
function weighAnew(ctx: EngineContext, incident: IncidentState, merge: Regrouping): void {
  const left = ctx.store.alertsOf(incident.members);
  const { said_severity } = incident;
  if (merge.severity && (!said_severity || said_severity.at < merge.at))
    incident.severity = left.length > 0 ? worse(merge.severity, worstOf(left)) : merge.severity;
  if (left.length === incident.distinct)
    incident.critical_asset = left.some((alert) => isCritical(ctx, alert));
}

function told(
  ctx: EngineContext,
  incident: IncidentState,
  other: IncidentState,
  what: "merge with" | "split of",
  alerts: number[],
  by: Person,
  now: number,
): void {
  const text = `${by.name} took back the ${what} "${other.title}".`;
  note(ctx.changes, incident, now, "undone", text, { actor: actorOf(by), data: { other: other.seq } });
  touch(ctx.changes, incident, now);
  touch(ctx.changes, other, now);
  const kind = what === "split of" ? "unsplit" : "unmerged";
  ctx.changes.lessons.push({ kind, incident: incident.seq, other: other.seq, alerts, at: now });
}

function takeApart(
  ctx: EngineContext,
  incident: IncidentState,
  other: IncidentState,
  alerts: AlertState[],
  now: number,
): void {
  other.merged_into = undefined;
  ctx.changes.due.set(`expire:${other.seq}`, now + EXPIRE_MS);
  other.status = other.acknowledged_by ? "acknowledged" : "new";
  other.resolved_at = null;
  other.resolved_by = null;
  other.resolution_notes = null;
  const back = alerts.filter((a) => a.incident === incident.seq);
  move(ctx, back, incident, other);
  ctx.smart?.unmerged(other.seq);
  followed(ctx, back, other, now);
  note(ctx.changes, other, now, "undone", `It stands for itself again: the merge was taken back.`);
}
