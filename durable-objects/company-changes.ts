import type { Actor } from "../core/actor.ts";
import type { NormalizedAlert } from "../core/alert.ts";
import { takeIn } from "../core/engine/intake.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import { alertId } from "../core/ids.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { applyPatch, newUsage, noteOfPatch } from "./company-record.ts";
import { stateOf } from "./company-state.ts";
import { lookAtWaiting } from "./regroup.ts";
import type { CompanyPatch, CompanyState } from "./rpc.ts";

/** Changes the company's settings or keys, and what follows from them at once. */
export function updateCompany(core: CompanyCore, actor: Actor, patch: CompanyPatch): Result<CompanyState> {
  const next = structuredClone(core.record);
  const fits = applyPatch(next, patch, clock.now());
  if (!fits.ok) return fits;
  core.saveRecord(next, actor, noteOfPatch(core.record, next, patch));
  const { firing, recoveries } = newUsage(next, clock.now());
  if (patch.rate_limit) core.usage = { ...core.usage, firing, recoveries };
  if (patch.correlation) rescheduleResolutions(core);
  if (patch.correlation) lookAtWaiting(core);
  if (patch.retention) core.deadlines.set("retention", clock.now());
  if (patch.retention) core.deadlines.arm(clock.now());
  return ok(stateOf(core));
}

/** The quiet period was changed: what waits for its end waits by the new one. */
function rescheduleResolutions(core: CompanyCore): void {
  const delay = core.record.correlation.resolve_delay_minutes * 60_000;
  core.transaction(() => {
    for (const name of core.deadlines.names("resolve:")) {
      const quiet = core.store.incident(Number(name.slice("resolve:".length)))?.quiet_since;
      if (quiet !== null && quiet !== undefined) core.deadlines.set(name, quiet + delay);
    }
  });
  core.deadlines.arm(clock.now());
}

/** Takes in an alert of the service's own making, as if a tool had sent it. */
export function acceptOwnAlert(
  core: CompanyCore,
  actor: Actor,
  alert: NormalizedAlert,
): Result<{ alert_id: string }> {
  if (core.record.closed_at !== null) return notFound();
  const taken = core.mutate((changes, now) => {
    const target = { type: "company", id: core.record.company_id, name: core.record.name };
    core.audit(actor, { action: "company.test_alert_sent", target }, now);
    return takeIn(core.context(changes), alert, null, now);
  });
  if (!taken.alert) return fail("validation_failed", "A recovery of an alert that is not known.");
  return ok({ alert_id: alertId(core.record.company_id, taken.alert.seq) });
}
