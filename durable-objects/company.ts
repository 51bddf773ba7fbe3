import { DurableObject } from "cloudflare:workers";
import { type Actor, maySeeCompany } from "../core/actor.ts";
import type { Alert, NormalizedAlert } from "../core/alert.ts";
import { command } from "../core/engine/commands.ts";
import { takeIn } from "../core/engine/intake.ts";
import { alertView, incidentView, timelineView } from "../core/engine/view.ts";
import { fail, ok, type Result } from "../core/errors.ts";
import { alertId, type MemberId, parseMemberId } from "../core/ids.ts";
import type { Incident, IncidentCommand, IncidentDetail, TimelineEntry } from "../core/incident.ts";
import { runDue } from "./alarm.ts";
import { alertPage } from "./alert-pages.ts";
import { clock } from "./clock.ts";
import { CompanyCore } from "./company-core.ts";
import { applyPatch, newRecord, newUsage, policyOf } from "./company-record.ts";
import { stateOf } from "./company-state.ts";
import { Intake } from "./intake.ts";
import type {
  AcceptAnswer,
  AlertPage,
  AlertQuery,
  CompanyInit,
  CompanyPatch,
  CompanyRpc,
  CompanyState,
  Delivery,
  GroupAnswer,
  Policy,
  Ports,
} from "./rpc.ts";
import { isInitialised, migrateCompany } from "./schema.ts";

const NOT_FOUND = () => fail("not_found", "There is nothing here under that id.");

/**
 * One company: the only writer of its alerts and incidents. This class wires storage, alarm and callers to
 * the modules that do the work; an object that was never initialised answers and writes nothing.
 */
export class CompanyObject<E = unknown> extends DurableObject<E> implements CompanyRpc {
  private core: CompanyCore | null = null;
  private intake: Intake | null = null;
  private ports: Ports;

  constructor(ctx: DurableObjectState, env: E, ports: Ports) {
    super(ctx, env);
    this.ports = ports;
    if (isInitialised(ctx.storage.sql)) this.open();
  }

  private open(): CompanyCore {
    migrateCompany(this.ctx.storage.sql);
    const core = new CompanyCore(this.ctx.storage, this.ports);
    this.core = core;
    this.intake = new Intake(core);
    return core;
  }

  async init(input: CompanyInit): Promise<Result<null>> {
    if (this.core) {
      const same =
        this.core.record.msp_id === input.msp_id && this.core.record.company_id === input.company_id;
      return same ? ok(null) : fail("conflict", "This company exists already.");
    }
    this.ctx.storage.transactionSync(() => {
      migrateCompany(this.ctx.storage.sql);
      const record = JSON.stringify(newRecord(input, clock.now()));
      this.ctx.storage.sql.exec("INSERT INTO meta VALUES ('company', ?)", record);
    });
    this.open();
    return ok(null);
  }

  async policy(): Promise<Policy | null> {
    return this.core && policyOf(this.core.record, clock.now());
  }

  async accept(delivery: Delivery): Promise<AcceptAnswer> {
    const [answer] = await this.acceptEach([delivery]);
    if (!answer || answer.kind === "failed") throw new Error(answer?.detail ?? "no answer");
    return answer;
  }

  async acceptAll(packed: string): Promise<string> {
    return JSON.stringify(await this.acceptEach(JSON.parse(packed) as Delivery[]));
  }

  private acceptEach(deliveries: Delivery[]): Promise<GroupAnswer[]> {
    if (this.intake && deliveries.length > 0) return this.intake.acceptAll(deliveries);
    return Promise.resolve(deliveries.map(() => ({ kind: "unknown_key" })));
  }

  async acceptOwn(actor: Actor, alert: NormalizedAlert): Promise<Result<{ alert_id: string }>> {
    const core = this.for(actor);
    if (!core) return NOT_FOUND();
    const taken = core.mutate((changes, now) => takeIn(core.context(changes), alert, null, now));
    if (!taken.alert) return fail("validation_failed", "A recovery of an alert that is not known.");
    return ok({ alert_id: alertId(core.record.company_id, taken.alert.seq) });
  }

  async reportRejections(items: { reason: string; count: number; detail: string }[]): Promise<void> {
    for (const { reason, count, detail } of items)
      this.core?.noteRejection(reason, count, detail, clock.now());
  }

  /** The core, for an actor who may see this company; everybody else learns nothing. */
  private for(actor: Actor): CompanyCore | null {
    const { core } = this;
    return core && maySeeCompany(actor, core.record.msp_id, core.record.company_id) ? core : null;
  }

  private member(core: CompanyCore, id: string, kind: MemberId["kind"]): number | null {
    const parsed = parseMemberId(id);
    return parsed?.kind === kind && parsed.companyId === core.record.company_id ? parsed.seq : null;
  }

  async alerts(actor: Actor, query: AlertQuery): Promise<Result<AlertPage>> {
    const core = this.for(actor);
    return core ? ok(alertPage(core, this.ctx.storage.sql, query)) : NOT_FOUND();
  }

  async alert(actor: Actor, id: string): Promise<Result<Alert>> {
    const core = this.for(actor);
    const seq = core && this.member(core, id, "alert");
    const alert = core && seq ? core.store.alert(seq) : undefined;
    return core && alert ? ok(alertView(core.record.company_id, alert)) : NOT_FOUND();
  }

  async incident(actor: Actor, id: string): Promise<Result<IncidentDetail>> {
    const core = this.for(actor);
    const seq = core && this.member(core, id, "incident");
    const incident = core && seq ? core.store.incident(seq) : undefined;
    if (!core || !incident) return NOT_FOUND();
    const { company_id } = core.record;
    const alerts = core.store.alertsOf(incident.members).reverse();
    return ok({
      ...incidentView(company_id, incident, clock.now()),
      alerts: alerts.map((a) => alertView(company_id, a)),
      alerts_not_listed: incident.distinct - incident.members.length,
      timeline: core.store.timeline(incident.seq).map(timelineView),
    });
  }

  async timeline(actor: Actor, id: string): Promise<Result<TimelineEntry[]>> {
    const core = this.for(actor);
    const seq = core && this.member(core, id, "incident");
    if (!core || !seq || !core.store.incident(seq)) return NOT_FOUND();
    return ok(core.store.timeline(seq).map(timelineView));
  }

  async command(actor: Actor, id: string, cmd: IncidentCommand): Promise<Result<Incident>> {
    const core = this.for(actor);
    const seq = core && this.member(core, id, "incident");
    const incident = core && seq ? core.store.incident(seq) : undefined;
    if (!core || !incident) return NOT_FOUND();
    const done = core.mutate((changes, now) => command(changes, incident, actor, cmd, now));
    const current = incidentView(
      core.record.company_id,
      core.store.incident(incident.seq) ?? incident,
      clock.now(),
    );
    return done.ok ? ok(current) : { ok: false, error: { ...done.error, current } };
  }

  async state(actor: Actor): Promise<Result<CompanyState>> {
    const core = this.for(actor);
    return core ? ok(stateOf(core)) : NOT_FOUND();
  }

  async update(actor: Actor, patch: CompanyPatch): Promise<Result<CompanyState>> {
    const core = this.for(actor);
    if (!core) return NOT_FOUND();
    const next = structuredClone(core.record);
    if (!applyPatch(next, patch, clock.now())) return NOT_FOUND();
    core.record = next;
    if (patch.rate_limit)
      core.usage = { ...newUsage(next, clock.now()), key_used_at: core.usage.key_used_at };
    core.saveRecord();
    if (patch.correlation) core.rescheduleResolutions();
    return ok(stateOf(core));
  }

  async wake(): Promise<number | null> {
    const { core } = this;
    if (!core) return null;
    await runDue(core);
    await core.relay.flush();
    return core.deadlines.earliest();
  }

  override async alarm(): Promise<void> {
    const { core } = this;
    if (!core) return;
    core.deadlines.fired();
    await runDue(core);
  }
}
