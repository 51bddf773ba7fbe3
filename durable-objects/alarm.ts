import { resolveQuiet } from "../core/engine/commands.ts";
import { steady } from "../core/engine/flapping.ts";
import { waitOver } from "../core/engine/holding.ts";
import { EXPIRE_MS } from "../core/engine/limits.ts";
import type { IncidentState } from "../core/engine/state.ts";
import { watchStorm } from "../core/engine/storm.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { expireAlert, expireKept, expireMembers } from "./expiry.ts";
import { collectGarbage } from "./garbage.ts";
import { endDue, releaseSlice } from "./policy-release.ts";
import { rescoreOpen } from "./rescore.ts";

/** Deadlines one alarm runs; the rest follow in the next, so that ingest gets its turn. */
const PER_ALARM = 200;
const RETRY_MS = 30_000;
/** An alarm set inside an alarm for this very moment can be dropped, as after one that came a millisecond early. */
const SOONEST_MS = 50;
const OUTBOX_RETRY_MS = 10_000;
/** Telling others may hang with whoever is told; the deadlines behind it do not wait longer than this. */
const FLUSH_AT_MOST_MS = 5000;
const MINUTE = 60_000;

/** Runs what is due. One deadline that fails is put off; it never starves the others. */
export async function runDue(core: CompanyCore): Promise<void> {
  const now = clock.now();
  for (const name of core.deadlines.overdue(now, PER_ALARM)) {
    try {
      await runOne(core, name, now);
    } catch (error) {
      core.ports.log(`deadline_failed ${name.split(":")[0]}`, error);
      core.deadlines.set(name, now + RETRY_MS);
    }
  }
  core.deadlines.arm(clock.now(), true, SOONEST_MS);
}

async function runOne(core: CompanyCore, name: string, now: number): Promise<void> {
  const [kind, ref] = name.split(":");
  switch (kind) {
    case "resolve":
      return resolve(core, name, Number(ref), now);
    case "expire":
      return expire(core, name, Number(ref), now);
    case "silent":
      return silent(core, name, Number(ref), now);
    case "held":
      return held(core, name, Number(ref), now);
    case "flap":
      return flap(core, name, Number(ref), now);
    case "storm":
      return storm(core, name, now);
    case "gc":
      return collectGarbage(core, now);
    case "retention":
      return core.retention.slice(now);
    case "smart":
      return core.smart.write();
    case "rescore":
      return rescoreOpen(core, name, now);
    case "policy":
      return endDue(core, now);
    case "policy-release":
      return releaseSlice(core, now);
    case "policy-fared":
      return core.policy.writeFared();
    case "letters":
      return core.letters.prune(now);
    case "beat":
      return core.heartbeats.due(ref ?? "", now);
    case "outbox":
      await Promise.race([core.relay.flush(), new Promise((done) => setTimeout(done, FLUSH_AT_MOST_MS))]);
      if (core.outbox.idle && core.auditOutbox.idle) core.deadlines.clear("outbox");
      else core.deadlines.set("outbox", now + OUTBOX_RETRY_MS);
      return;
    default:
      core.deadlines.clear(name);
  }
}

function resolve(core: CompanyCore, name: string, seq: number, now: number): void {
  const incident = core.store.incident(seq);
  core.mutate((changes) => {
    const delay = core.record.correlation.resolve_delay_minutes * MINUTE;
    const due = incident && dueAgain(incident, delay, now);
    if (incident && !due) resolveQuiet(changes, incident, delay, now);
    if (due) core.deadlines.set(name, due);
    else core.deadlines.clear(name);
  });
}

/** Sets a deadline to when it is to be looked at next, or takes it away. */
function next(core: CompanyCore, name: string, due: number | null): void {
  if (due === null) core.deadlines.clear(name);
  else core.deadlines.set(name, due);
}

/** The wait of an alert that came alone is over, or a day has gone by without a word of it. */
function held(core: CompanyCore, name: string, seq: number, now: number): void {
  const alert = core.store.alert(seq);
  core.mutate((changes) => {
    const due = alert ? waitOver(core.context(changes), alert, now) : null;
    if (alert?.held && due === null) {
      if (core.recovering.has(alert.tool)) return next(core, name, now + EXPIRE_MS);
      alert.held = undefined;
      core.store.keepHeld(alert);
      expireAlert(core, changes, alert, now);
    }
    next(core, name, due);
  });
}

function flap(core: CompanyCore, name: string, seq: number, now: number): void {
  const alert = core.store.alert(seq);
  const delay = core.record.correlation.resolve_delay_minutes * MINUTE;
  core.mutate((changes) => next(core, name, alert ? steady(core.context(changes), alert, now, delay) : null));
}

function storm(core: CompanyCore, name: string, now: number): void {
  core.mutate((changes) => next(core, name, watchStorm(core.context(changes), now)));
}

/** When a quiet incident is to be looked at again, because it fell quiet later than this deadline knew. */
function dueAgain(incident: IncidentState, delay: number, now: number): number | null {
  if (incident.quiet_since === null || incident.status === "resolved") return null;
  const due = incident.quiet_since + delay;
  return due > now ? due : null;
}

function expire(core: CompanyCore, name: string, seq: number, now: number): void {
  const incident = core.store.incident(seq);
  core.mutate((changes) => next(core, name, incident ? expireMembers(core, changes, incident, now) : null));
}

function silent(core: CompanyCore, name: string, seq: number, now: number): void {
  const alert = core.store.alert(seq);
  core.mutate((changes) => next(core, name, alert ? expireKept(core, changes, alert, now) : null));
}
