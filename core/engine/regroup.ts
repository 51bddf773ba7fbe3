import { fail, ok, type Result } from "../errors.ts";
import type { EngineContext } from "./context.ts";
import { create, note, touch } from "./incidents.ts";
import { count, describeAnew, mergeIncidents, move, remember, worstOf } from "./merging.ts";
import type { AlertState, IncidentState, Person } from "./state.ts";
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
      critical_asset: criticalOf(ctx, alerts),
      recurrence_of: null,
    },
    now,
  );
  if (title) made.own_title = true;
  made.assigned_to = incident.assigned_to;
  made.severity = worstOf(alerts);
  made.why.push({ rule: "split.by_hand", text: `${by.name} split it off "${incident.title}".` });
  move(ctx, alerts, incident, made);
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

/** Takes back the newest merge or split of an incident. */
export function undoRegrouping(
  ctx: EngineContext,
  incident: IncidentState,
  by: Person,
  now: number,
): Result<null> {
  const last = incident.regrouped?.at(-1);
  const other = last && ctx.store.incident(last.other);
  if (!last || !other) return fail("conflict", "There is no merge or split of this incident to take back.");
  if (incident.status === "resolved") return fail("conflict", "This incident is resolved; reopen it first.");
  const alerts = ctx.store.alertsOf(last.alerts);
  if (last.kind === "merge") takeApart(ctx, incident, other, alerts, now);
  else {
    if (other.status === "resolved") return fail("conflict", `"${other.title}" is resolved already.`);
    const why = { rule: "split.undone", text: `${by.name} took the split back.` };
    mergeIncidents(ctx, incident, [other], by, why, now);
    incident.regrouped?.pop();
  }
  const { unlisted } = last;
  if (last.kind === "merge") {
    count(incident, unlisted, -1);
    count(other, unlisted, 1);
  }
  incident.regrouped?.pop();
  describeAnew(ctx, incident, now);
  if (last.kind === "merge") describeAnew(ctx, other, now);
  const text = `${by.name} took back the ${last.kind === "merge" ? "merge with" : "split of"} "${other.title}".`;
  note(ctx.changes, incident, now, "undone", text, { actor: actorOf(by), data: { other: other.seq } });
  touch(ctx.changes, incident, now);
  touch(ctx.changes, other, now);
  const kind = last.kind === "merge" ? "unmerged" : "unsplit";
  ctx.changes.lessons.push({ kind, incident: incident.seq, other: other.seq, alerts: last.alerts, at: now });
  return ok(null);
}

function takeApart(
  ctx: EngineContext,
  incident: IncidentState,
  other: IncidentState,
  alerts: AlertState[],
  now: number,
): void {
  other.merged_into = undefined;
  other.status = other.acknowledged_by ? "acknowledged" : "new";
  other.resolved_at = null;
  other.resolved_by = null;
  other.resolution_notes = null;
  move(
    ctx,
    alerts.filter((a) => a.incident === incident.seq),
    incident,
    other,
  );
  note(ctx.changes, other, now, "undone", `It stands for itself again: the merge was taken back.`);
}

function criticalOf(ctx: EngineContext, alerts: AlertState[]): boolean {
  return alerts.some((a) =>
    ctx.assets.byKeyOf(a.asset_key)?.aliases.some((alias) => ctx.critical.has(alias)),
  );
}
