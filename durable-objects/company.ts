import { DurableObject } from "cloudflare:workers";
import type { Actor } from "../core/actor.ts";
import type { Alert, NormalizedAlert } from "../core/alert.ts";
import type { AssetRecord } from "../core/asset.ts";
import type {
  Asset,
  AssetDetail,
  AssetInput,
  AssetPatch,
  ImportResult,
  ImportRow,
} from "../core/asset-schema.ts";
import type { DeadLetterDetail, ReplayResult, Sample } from "../core/dead-letter.ts";
import { command } from "../core/engine/commands.ts";
import { takeIn } from "../core/engine/intake.ts";
import { alertView, feedbackView, incidentView, timelineView } from "../core/engine/view.ts";
import { ERROR_STATUS, fail, ok, type Result } from "../core/errors.ts";
import type { HeartbeatView } from "../core/heartbeat.ts";
import { alertId, type MemberId, parseMemberId } from "../core/ids.ts";
import type { Incident, IncidentCommand, IncidentDetail, Regroup, TimelineEntry } from "../core/incident.ts";
import type { Proposal } from "../core/learning/propose.ts";
import type { MappingView } from "../core/mapping/mapping.ts";
import { type Action, may } from "../core/permissions.ts";
import type { Condition } from "../core/policy/condition.ts";
import type { CorrectionView } from "../core/policy/correction.ts";
import type { WindowView } from "../core/policy/maintenance.ts";
import type { Rule, RuleView } from "../core/policy/rule.ts";
import type { SilenceView } from "../core/policy/silence.ts";
import { type PortalDetail, portalEntry, portalIncident } from "../core/portal.ts";
import type { CompanyIntake, Rejection } from "../core/rejection.ts";
import type { SnsTopics } from "../core/sns.ts";
import { runDue } from "./alarm.ts";
import { alertPage } from "./alert-pages.ts";
import { changeAsset, createAsset, deleteAsset, importAssets } from "./asset-changes.ts";
import { activityKnown, alertHistory, assetDetail, assetPage, incidentHistory } from "./asset-list.ts";
import { clock } from "./clock.ts";
import { CompanyCore } from "./company-core.ts";
import { applyPatch, newRecord, newUsage, noteOfPatch, patchNeeds, policyOf } from "./company-record.ts";
import { stateOf } from "./company-state.ts";
import { brandOf, closeIntake, intakeState, noteRefusals } from "./company-upkeep.ts";
import { exportPage, exportTotals } from "./export-pages.ts";
import { Intake } from "./intake.ts";
import { acceptProposal, dismissProposal, proposalsOf } from "./learning.ts";
import { answerClose, closeSockets, LISTENER_HEADER, type Listener, type Whose } from "./listener.ts";
import { changeMappings, mappingViews } from "./mappings.ts";
import { applyMspRules, changeRules } from "./policy-changes.ts";
import { policyPreview } from "./policy-preview.ts";
import { policyList } from "./policy-views.ts";
import { correlate, lookAtWaiting, regroup } from "./regroup.ts";
import type { RefusedDelivery } from "./rejections.ts";
import { replayAlerts, replayBasis, replayIncidents } from "./replay-pages.ts";
import type { ReplayBasis, ReplayPage } from "./replay-rpc.ts";
import type {
  AcceptAnswer,
  AlertPage,
  AlertQuery,
  AssetHistory,
  AssetPage,
  AssetQuery,
  BeatAnswer,
  CompanyBrand,
  CompanyInit,
  CompanyPatch,
  CompanyRpc,
  CompanyState,
  Correlated,
  Delivery,
  ExportPage,
  ExportPosition,
  ExportTable,
  GroupAnswer,
  HeartbeatChange,
  HeartbeatList,
  LetterChange,
  LetterPage,
  LetterQuery,
  MappingChange,
  Policy,
  PolicyLists,
  PolicyPart,
  PolicyPreview,
  Ports,
  RefusedBody,
  RuleChange,
  SilenceChange,
  TopicAnswer,
  TopicArrival,
  TopicChange,
  Understood,
} from "./rpc.ts";
import { isInitialised, migrateCompany } from "./schema.ts";
import { changeSilences } from "./silence-changes.ts";
import { changeTopics, topicArrives, topicsView } from "./sns-topics.ts";

const PAST_TENSE = {
  acknowledge: "incident.acknowledged",
  resolve: "incident.resolved",
  reopen: "incident.reopened",
  note: "incident.noted",
} as const;
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
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    if (isInitialised(ctx.storage.sql)) this.open();
  }

  private open(): CompanyCore {
    migrateCompany(this.ctx.storage.sql);
    const core = new CompanyCore(this.ctx.storage, this.ports, () => this.ctx.getWebSockets());
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
    return Promise.resolve(deliveries.map(() => ({ kind: "unknown_key", gone: true })));
  }

  async acceptOwn(actor: Actor, alert: NormalizedAlert): Promise<Result<{ alert_id: string }>> {
    const found = this.for(actor, "company.test_alert");
    if (!found.ok) return found;
    const core = found.value;
    if (core.record.closed_at !== null) return NOT_FOUND();
    const taken = core.mutate((changes, now) => {
      const target = { type: "company", id: core.record.company_id, name: core.record.name };
      core.audit(actor, { action: "company.test_alert_sent", target }, now);
      return takeIn(core.context(changes), alert, null, now);
    });
    if (!taken.alert) return fail("validation_failed", "A recovery of an alert that is not known.");
    return ok({ alert_id: alertId(core.record.company_id, taken.alert.seq) });
  }

  async reportRejections(items: RefusedDelivery[]): Promise<void> {
    if (this.core) noteRefusals(this.core, items);
  }

  /** The core, for an actor who may do this here; everybody else learns nothing of the company. */
  private for(actor: Actor, action: Action): Result<CompanyCore> {
    const { core } = this;
    if (!core) return NOT_FOUND();
    const { msp_id, company_id } = core.record;
    const allowed = may(actor, action, { msp_id, company_id });
    return allowed.ok ? ok(core) : allowed;
  }

  private member(core: CompanyCore, id: string, kind: MemberId["kind"]): number | null {
    const parsed = parseMemberId(id);
    return parsed?.kind === kind && parsed.companyId === core.record.company_id ? parsed.seq : null;
  }

  async alerts(actor: Actor, query: AlertQuery): Promise<Result<AlertPage>> {
    const found = this.for(actor, "alerts.read");
    return found.ok ? ok(alertPage(found.value, this.ctx.storage.sql, query)) : found;
  }

  async alert(actor: Actor, id: string): Promise<Result<Alert>> {
    const found = this.for(actor, "alerts.read");
    if (!found.ok) return found;
    const core = found.value;
    const seq = this.member(core, id, "alert");
    const alert = seq ? core.store.alert(seq) : undefined;
    return alert ? ok(alertView(core.record.company_id, alert)) : NOT_FOUND();
  }

  async incident(actor: Actor, id: string): Promise<Result<IncidentDetail>> {
    const found = this.for(actor, "incidents.read");
    if (!found.ok) return found;
    const core = found.value;
    const seq = this.member(core, id, "incident");
    const incident = seq ? core.store.incident(seq) : undefined;
    if (!incident) return NOT_FOUND();
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

  async timeline(actor: Actor, id: string): Promise<Result<TimelineEntry[]>> {
    const found = this.for(actor, "incidents.read");
    if (!found.ok) return found;
    const core = found.value;
    const seq = this.member(core, id, "incident");
    if (!seq || !core.store.incident(seq)) return NOT_FOUND();
    return ok(core.store.timeline(seq).map(timelineView));
  }

  async command(actor: Actor, id: string, cmd: IncidentCommand): Promise<Result<Incident>> {
    const found = this.for(actor, "incidents.work");
    if (!found.ok) return found;
    const core = found.value;
    const seq = this.member(core, id, "incident");
    const incident = seq ? core.store.incident(seq) : undefined;
    if (!incident) return NOT_FOUND();
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

  async regroup(actor: Actor, id: string, what: Regroup): Promise<Result<Incident>> {
    const found = this.for(actor, "incidents.work");
    return found.ok ? regroup(found.value, actor, id, what) : found;
  }

  async correlate(actor: Actor): Promise<Result<Correlated>> {
    const found = this.for(actor, "incidents.work");
    return found.ok ? correlate(found.value, actor) : found;
  }

  async assets(actor: Actor, query: AssetQuery): Promise<Result<AssetPage>> {
    const found = this.for(actor, "assets.read");
    if (!found.ok) return found;
    await activityKnown(found.value);
    return ok(assetPage(found.value, query));
  }

  /** Runs `work` on one asset for an actor who may do this to it. */
  private async onAsset<T>(
    actor: Actor,
    action: "assets.read" | "assets.write",
    id: string,
    work: (core: CompanyCore, record: AssetRecord) => Result<T>,
  ): Promise<Result<T>> {
    const found = this.for(actor, action);
    if (!found.ok) return found;
    const core = found.value;
    await activityKnown(core);
    const record = core.store.assets.get(this.member(core, id, "asset") ?? 0);
    return record ? work(core, record) : NOT_FOUND();
  }

  async asset(actor: Actor, id: string): Promise<Result<AssetDetail>> {
    return this.onAsset(actor, "assets.read", id, (core, record) => ok(assetDetail(core, record)));
  }

  async assetAlerts(
    actor: Actor,
    id: string,
    before: number,
    limit: number,
  ): Promise<Result<AssetHistory<Alert>>> {
    return this.onAsset(actor, "assets.read", id, (core, record) =>
      ok(alertHistory(core, record, before, limit)),
    );
  }

  async assetIncidents(
    actor: Actor,
    id: string,
    before: number,
    limit: number,
  ): Promise<Result<AssetHistory<Incident>>> {
    return this.onAsset(actor, "assets.read", id, (core, record) =>
      ok(incidentHistory(core, record, before, limit)),
    );
  }

  async createAsset(actor: Actor, input: AssetInput): Promise<Result<Asset>> {
    const found = this.for(actor, "assets.write");
    return found.ok ? createAsset(found.value, actor, input) : found;
  }

  async changeAsset(actor: Actor, id: string, patch: AssetPatch): Promise<Result<Asset>> {
    return this.onAsset(actor, "assets.write", id, (core, record) => changeAsset(core, actor, record, patch));
  }

  async deleteAsset(actor: Actor, id: string): Promise<Result<null>> {
    return this.onAsset(actor, "assets.write", id, (core, record) => deleteAsset(core, actor, record));
  }

  async importAssets(actor: Actor, rows: ImportRow[], dryRun: boolean): Promise<Result<ImportResult>> {
    const found = this.for(actor, "assets.write");
    return found.ok ? importAssets(found.value, actor, rows, dryRun) : found;
  }

  async state(actor: Actor): Promise<Result<CompanyState>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(stateOf(found.value)) : found;
  }

  async update(actor: Actor, patch: CompanyPatch): Promise<Result<CompanyState>> {
    const found = this.for(actor, patchNeeds(patch));
    if (!found.ok) return found;
    const core = found.value;
    const next = structuredClone(core.record);
    const fits = applyPatch(next, patch, clock.now());
    if (!fits.ok) return fits;
    core.saveRecord(next, actor, noteOfPatch(core.record, next, patch));
    const { firing, recoveries } = newUsage(next, clock.now());
    if (patch.rate_limit) core.usage = { ...core.usage, firing, recoveries };
    if (patch.correlation) core.rescheduleResolutions();
    if (patch.correlation) lookAtWaiting(core);
    if (patch.retention) core.deadlines.set("retention", clock.now());
    if (patch.retention) core.deadlines.arm(clock.now());
    return ok(stateOf(core));
  }

  async resealed(pairs: { old: string; new: string }[]): Promise<void> {
    this.core?.reseal(new Map(pairs.map((pair) => [pair.old, pair.new])));
  }

  async rejections(actor: Actor): Promise<Result<Rejection[]>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(found.value.rejections.list()) : found;
  }

  async intakeState(actor: Actor): Promise<Result<CompanyIntake>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(intakeState(found.value)) : found;
  }

  async branding(actor: Actor): Promise<Result<CompanyBrand>> {
    const found = this.for(actor, "brand.read");
    return found.ok ? ok(brandOf(found.value)) : found;
  }

  async exportTotals(actor: Actor): Promise<Result<Record<ExportTable, number>>> {
    const found = this.for(actor, "company.export");
    return found.ok ? ok(exportTotals(found.value)) : found;
  }

  async exportPage(
    actor: Actor,
    table: ExportTable,
    after: ExportPosition | null,
  ): Promise<Result<ExportPage>> {
    const found = this.for(actor, "company.export");
    return found.ok ? ok(await exportPage(found.value, table, after)) : found;
  }

  async replayBasis(actor: Actor, from: number, to: number): Promise<Result<ReplayBasis>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(replayBasis(found.value, from, to)) : found;
  }

  async replayAlerts(actor: Actor, from: number, to: number): Promise<Result<ReplayPage>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(replayAlerts(found.value, from, to)) : found;
  }

  async replayIncidents(actor: Actor, from: number): Promise<Result<ReplayPage>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(replayIncidents(found.value, from)) : found;
  }

  async topicArrives(arrival: TopicArrival): Promise<TopicAnswer> {
    return this.core ? topicArrives(this.core, arrival) : "unknown_key";
  }

  async snsTopics(actor: Actor): Promise<Result<SnsTopics>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(topicsView(found.value)) : found;
  }

  async changeTopics(actor: Actor, change: TopicChange): Promise<Result<{ subscribe_url: string | null }>> {
    const found = this.for(actor, "company.settings");
    return found.ok ? changeTopics(found.value, actor, change) : found;
  }

  async close(actor: Actor): Promise<Result<null>> {
    const found = this.for(actor, "company.delete");
    if (!found.ok) return found;
    closeIntake(found.value, actor);
    for (const socket of this.ctx.getWebSockets()) socket.close(4002, "company deleted");
    return ok(null);
  }

  async erase(actor: Actor): Promise<Result<null>> {
    const closed = await this.close(actor);
    if (!closed.ok || !this.core) return closed;
    await this.core.relay.stop();
    [this.core, this.intake] = [null, null];
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    return ok(null);
  }

  async proposals(actor: Actor): Promise<Result<Proposal[]>> {
    const found = this.for(actor, "company.read");
    return found.ok ? ok(proposalsOf(found.value)) : found;
  }

  async acceptProposal(actor: Actor, id: string, ruleId: string): Promise<Result<RuleView>> {
    const found = this.for(actor, "noise.rules");
    return found.ok ? acceptProposal(found.value, actor, id, ruleId) : found;
  }

  async dismissProposal(actor: Actor, id: string): Promise<Result<null>> {
    const found = this.for(actor, "noise.rules");
    return found.ok ? dismissProposal(found.value, actor, id) : found;
  }

  async policyList<P extends PolicyPart>(actor: Actor, part: P): Promise<Result<PolicyLists[P]>> {
    const found = this.for(actor, "noise.read");
    return found.ok ? ok(policyList(found.value, part)) : found;
  }

  async policyPreview(actor: Actor, when: Condition | null, days: number): Promise<Result<PolicyPreview>> {
    const found = this.for(actor, "noise.read");
    return found.ok ? policyPreview(found.value, when, days) : found;
  }

  async changeRules(actor: Actor, change: RuleChange): Promise<Result<RuleView[] | WindowView[]>> {
    const found = this.for(actor, "noise.rules");
    return found.ok ? changeRules(found.value, actor, change) : found;
  }

  async changeSilences(
    actor: Actor,
    change: SilenceChange,
  ): Promise<Result<SilenceView[] | CorrectionView[]>> {
    const found = this.for(actor, "noise.silence");
    return found.ok ? changeSilences(found.value, actor, change) : found;
  }

  async applyMspRules(mspId: string, rules: Rule[]): Promise<Result<null>> {
    if (this.core?.record.msp_id !== mspId) return NOT_FOUND();
    return applyMspRules(this.core, rules);
  }

  /** Of a key that opens the intake, whatever the policy's version. */
  private keyed(keyHash: string): CompanyCore | null {
    const { core, intake } = this;
    const given = { key_hash: keyHash, policy_version: core?.record.version ?? 0 };
    return core && intake && !intake.refuse(given) ? core : null;
  }

  async keepLetter(refused: RefusedBody): Promise<boolean> {
    const core = this.keyed(refused.key_hash);
    core?.letters.keep(refused);
    return core !== null;
  }

  async keepSample(keyHash: string, body: string): Promise<void> {
    this.keyed(keyHash)?.samples.keep(body);
  }

  async letters(actor: Actor, query: LetterQuery): Promise<Result<LetterPage>> {
    const found = this.for(actor, "intake.read");
    return found.ok ? ok(found.value.letters.page(query)) : found;
  }

  async letter(actor: Actor, id: string): Promise<Result<DeadLetterDetail>> {
    const found = this.for(actor, "intake.read");
    return found.ok ? found.value.letters.detail(id) : found;
  }

  async changeLetters(actor: Actor, change: LetterChange): Promise<Result<null>> {
    const found = this.for(actor, "intake.replay");
    return found.ok ? found.value.letters.change(actor, change) : found;
  }

  async replayLetter(actor: Actor, id: string, understood: Understood): Promise<Result<ReplayResult>> {
    const found = this.for(actor, "intake.replay");
    return found.ok ? found.value.letters.replay(actor, id, understood) : found;
  }

  async samples(actor: Actor): Promise<Result<Sample[]>> {
    const found = this.for(actor, "intake.read");
    return found.ok ? ok(found.value.samples.list()) : found;
  }

  async mappings(actor: Actor): Promise<Result<MappingView[]>> {
    const found = this.for(actor, "intake.read");
    return found.ok ? ok(mappingViews(found.value)) : found;
  }

  async changeMappings(actor: Actor, change: MappingChange): Promise<Result<MappingView[]>> {
    const found = this.for(actor, "intake.set_up");
    return found.ok ? changeMappings(found.value, actor, change) : found;
  }

  async heartbeats(actor: Actor): Promise<Result<HeartbeatList>> {
    const found = this.for(actor, "intake.read");
    return found.ok ? ok(found.value.heartbeats.list()) : found;
  }

  async changeHeartbeats(actor: Actor, change: HeartbeatChange): Promise<Result<HeartbeatView[]>> {
    const found = this.for(actor, "intake.set_up");
    return found.ok ? found.value.heartbeats.change(actor, change) : found;
  }

  async beat({ id, ...given }: Parameters<CompanyRpc["beat"]>[0]): Promise<BeatAnswer> {
    return this.intake?.beat(given, id) ?? { kind: "unknown_key", gone: true };
  }

  async portalIncident(actor: Actor, id: string): Promise<Result<PortalDetail>> {
    const found = this.for(actor, "portal.read");
    if (!found.ok) return found;
    const core = found.value;
    const seq = this.member(core, id, "incident");
    const incident = seq ? core.store.incident(seq) : undefined;
    if (!incident) return NOT_FOUND();
    const shown = portalIncident(incidentView(core.record.company_id, incident, clock.now()));
    const entries = core.store.timeline(incident.seq).map(timelineView);
    return ok({ ...shown, timeline: entries.flatMap((entry) => portalEntry(entry) ?? []) });
  }

  async closeListeners(whose: Whose): Promise<void> {
    closeSockets(this.ctx.getWebSockets(), whose);
  }

  /** The company's live stream for its clients. The Worker has authenticated the caller and says so. */
  override async fetch(request: Request): Promise<Response> {
    const listener = JSON.parse(request.headers.get(LISTENER_HEADER) ?? "null") as Listener | null;
    const { core } = this;
    if (!listener) return new Response(null, { status: 401 });
    const allowed = core?.portal.mayListen(listener);
    if (!core || !allowed?.ok) {
      const status = allowed && !allowed.ok ? ERROR_STATUS[allowed.error.code] : 404;
      return new Response(null, { status });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment(listener);
    core.portal.greet(server, new URL(request.url).searchParams);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (message === "ping") socket.send("pong");
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    answerClose(socket, code);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    socket.close(1011, "socket failed");
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
