import type { Actor } from "../core/actor.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import { compileCondition } from "../core/policy/compile.ts";
import { CORRECTIONS_MAX, type Correction, type CorrectionView } from "../core/policy/correction.ts";
import { SILENCE_MAX_MS, SILENCES_MAX, type Silence, type SilenceView } from "../core/policy/silence.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { policyChanged, startRelease } from "./policy-release.ts";
import type { SilenceChange } from "./policy-rpc.ts";
import { policyList } from "./policy-views.ts";

const CLOCKS_DIFFER_MS = 60_000;

type Of<T extends SilenceChange["type"]> = Extract<SilenceChange, { type: T }>;

/** Silences and corrections. Each change and its audit note are one transaction. */
export function changeSilences(
  core: CompanyCore,
  actor: Actor,
  change: SilenceChange,
): Result<SilenceView[] | CorrectionView[]> {
  const done = run(core, actor, change);
  if (!done.ok) return done;
  return ok(change.type.endsWith("silence") ? policyList(core, "silences") : policyList(core, "corrections"));
}

function run(core: CompanyCore, actor: Actor, change: SilenceChange): Result<null> {
  switch (change.type) {
    case "create_silence":
      return createSilence(core, actor, change);
    case "change_silence":
      return changeSilence(core, actor, change);
    case "end_silence":
      return endSilence(core, actor, change.id);
    case "put_correction":
      return putCorrection(core, actor, change);
    case "delete_correction":
      return deleteCorrection(core, actor, change.id);
  }
}

const wrong = (fields: Record<string, string>) =>
  fail("validation_failed", "Some fields are not right; `fields` says which and why.", { fields });

/** From when until when a silence may hold, or what is wrong with it. */
function fineTimes(starts: number, ends: number, now: number): Result<null> {
  if (ends <= starts || ends <= now) return wrong({ ends_at: "choose a time to come, after its start" });
  if (ends - starts > SILENCE_MAX_MS) return wrong({ ends_at: "at most 30 days after its start" });
  if (starts - now > SILENCE_MAX_MS) return wrong({ starts_at: "at most 30 days from now" });
  return ok(null);
}

const iso = (ms: number) => new Date(ms).toISOString();
const shown = ({ when, comment, starts_at, ends_at }: Silence) => ({
  when,
  comment,
  starts_at: iso(starts_at),
  ends_at: iso(ends_at),
});
const targetOf = (silence: Silence) => ({
  type: "silence",
  id: silence.id,
  name: silence.comment || "a silence",
});

function createSilence(core: CompanyCore, actor: Actor, change: Of<"create_silence">): Result<null> {
  const now = clock.now();
  const { id, when, comment, ends_at, from } = change;
  // A little into the past is another clock, and means now.
  const starts_at =
    change.starts_at === null || Math.abs(change.starts_at - now) < CLOCKS_DIFFER_MS ? now : change.starts_at;
  if (starts_at < now) return wrong({ starts_at: "choose a time to come" });
  const times = fineTimes(starts_at, ends_at, now);
  if (!times.ok) return times;
  const fine = compileCondition(when);
  if (!fine.ok) return fine;
  const { rows } = core.policy;
  if (rows.all("silence").filter((one) => one.ends_at > now).length >= SILENCES_MAX)
    return fail("conflict", `A company has at most ${SILENCES_MAX} silences at a time.`);
  const made = { created_at: now, created_by: actor.name, ended_by: null, closed: false };
  const silence: Silence = { id, when, comment, starts_at, ends_at, from, ...made };
  return policyChanged(core, () => {
    rows.put("silence", silence, now);
    core.audit(actor, { action: "silence.created", target: targetOf(silence), after: shown(silence) }, now);
  });
}

function changeSilence(core: CompanyCore, actor: Actor, change: Of<"change_silence">): Result<null> {
  const { rows } = core.policy;
  const before = rows.all("silence").find((one) => one.id === change.id);
  if (!before) return notFound();
  const now = clock.now();
  const silence = {
    ...before,
    comment: change.comment ?? before.comment,
    ends_at: change.ends_at ?? before.ends_at,
  };
  if (silence.ends_at !== before.ends_at) {
    if (before.ends_at <= now) return fail("conflict", "This silence has ended; make another.");
    const times = fineTimes(before.starts_at, silence.ends_at, now);
    if (!times.ok) return times;
  }
  return policyChanged(core, () => {
    rows.put("silence", silence, before.created_at);
    const [was, is] = [shown(before), shown(silence)];
    core.audit(actor, { action: "silence.changed", target: targetOf(silence), before: was, after: is }, now);
  });
}

function endSilence(core: CompanyCore, actor: Actor, id: string): Result<null> {
  const { rows } = core.policy;
  const silence = rows.all("silence").find((one) => one.id === id);
  if (!silence) return notFound();
  const now = clock.now();
  if (silence.ends_at <= now) return ok(null);
  return policyChanged(core, () => {
    const ended = { ...silence, ends_at: now, ended_by: actor.name, closed: true };
    rows.put("silence", ended, silence.created_at);
    if (silence.starts_at <= now)
      startRelease(core, `silence:${id}`, targetOf(silence).name, silence.starts_at, now, "ended_early");
    core.audit(actor, { action: "silence.ended", target: targetOf(silence) }, now);
  });
}

function putCorrection(core: CompanyCore, actor: Actor, { id, input }: Of<"put_correction">): Result<null> {
  const { rows } = core.policy;
  const all = rows.all("correction");
  const before = all.find((one) => one.signature === input.signature);
  if (!before && all.length >= CORRECTIONS_MAX)
    return fail("conflict", `A company has at most ${CORRECTIONS_MAX} corrections.`);
  const now = clock.now();
  const correction: Correction = {
    ...input,
    id: before?.id ?? id,
    created_at: now,
    created_by: actor.name,
  };
  const said = ({ category, severity }: Correction) => ({ category, severity });
  return policyChanged(core, () => {
    rows.put("correction", correction, now);
    const target = { type: "correction", id: correction.id, name: correction.signature };
    const was = before && { before: said(before) };
    core.audit(actor, { action: "correction.set", target, ...was, after: said(correction) }, now);
  });
}

function deleteCorrection(core: CompanyCore, actor: Actor, id: string): Result<null> {
  const { rows } = core.policy;
  const before = rows.all("correction").find((one) => one.id === id);
  if (!before) return notFound();
  return policyChanged(core, () => {
    rows.drop("correction", id);
    const target = { type: "correction", id, name: before.signature };
    core.audit(actor, { action: "correction.deleted", target }, clock.now());
  });
}
