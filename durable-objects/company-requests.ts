import { DurableObject } from "cloudflare:workers";
import type { Actor } from "../core/actor.ts";
import type { NormalizedAlert } from "../core/alert.ts";
import type { AssetRecord } from "../core/asset.ts";
import type { AssetInput, AssetPatch, ImportRow } from "../core/asset-schema.ts";
import { notFound, ok, type Result } from "../core/errors.ts";
import type { IncidentCommand, Regroup } from "../core/incident.ts";
import { type Action, may } from "../core/permissions.ts";
import type { Condition } from "../core/policy/condition.ts";
import { alertPage } from "./alert-pages.ts";
import { changeAsset, createAsset, deleteAsset, importAssets } from "./asset-changes.ts";
import { activityKnown, alertHistory, assetDetail, assetPage, incidentHistory } from "./asset-list.ts";
import { awsAccessOf } from "./aws-access.ts";
import { acceptOwnAlert, updateCompany } from "./company-changes.ts";
import type { CompanyCore } from "./company-core.ts";
import { patchNeeds } from "./company-record.ts";
import { stateOf } from "./company-state.ts";
import { brandOf, intakeState } from "./company-upkeep.ts";
import { tryAlerts } from "./dry-run.ts";
import { exportPage, exportTotals } from "./export-pages.ts";
import {
  alertById,
  commandIncident,
  incidentById,
  incidentForClient,
  seqOf,
  timelineOf,
} from "./incident-requests.ts";
import { acceptProposal, dismissProposal, proposalsOf } from "./learning.ts";
import { changeMappings, mappingViews } from "./mappings.ts";
import { changeRules } from "./policy-changes.ts";
import { policyPreview } from "./policy-preview.ts";
import { policyList } from "./policy-views.ts";
import { correlate, regroup } from "./regroup.ts";
import { replayAlerts, replayBasis, replayIncidents } from "./replay-pages.ts";
import type {
  AlertQuery,
  AssetQuery,
  CompanyPatch,
  ExportPosition,
  ExportTable,
  HeartbeatChange,
  LetterChange,
  LetterQuery,
  MappingChange,
  PolicyPart,
  RuleChange,
  SilenceChange,
  TopicChange,
  Understood,
} from "./rpc.ts";
import { changeSilences } from "./silence-changes.ts";
import { changeTopics, topicsView } from "./sns-topics.ts";

/**
 * What the Worker asks of a company in a person's name. Every call takes the actor first, says in one line
 * which right it needs, and hands the core to the module that does the work; rpc.ts says what they answer.
 */
export abstract class CompanyRequests<E> extends DurableObject<E> {
  protected core: CompanyCore | null = null;

  /** The core, for an actor who may do this here; everybody else learns nothing of the company. */
  protected for(actor: Actor, action: Action): Result<CompanyCore> {
    const { core } = this;
    if (!core) return notFound();
    const { msp_id, company_id } = core.record;
    const allowed = may(actor, action, { msp_id, company_id });
    return allowed.ok ? ok(core) : allowed;
  }

  /** Runs `work` for an actor who may do this here. */
  protected async as<T>(
    actor: Actor,
    action: Action,
    work: (core: CompanyCore) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> {
    const found = this.for(actor, action);
    return found.ok ? work(found.value) : found;
  }

  /** Likewise on one asset, once the alerts of every asset are known. */
  protected onAsset<T>(
    actor: Actor,
    action: "assets.read" | "assets.write",
    id: string,
    work: (core: CompanyCore, record: AssetRecord) => Result<T>,
  ): Promise<Result<T>> {
    return this.as(actor, action, async (core) => {
      await activityKnown(core);
      const record = core.store.assets.get(seqOf(core, id, "asset") ?? 0);
      return record ? work(core, record) : notFound();
    });
  }

  alerts(actor: Actor, query: AlertQuery) {
    return this.as(actor, "alerts.read", (core) => ok(alertPage(core, core.sql, query)));
  }

  alert(actor: Actor, id: string) {
    return this.as(actor, "alerts.read", (core) => alertById(core, id));
  }

  incident(actor: Actor, id: string) {
    return this.as(actor, "incidents.read", (core) => incidentById(core, id));
  }

  timeline(actor: Actor, id: string) {
    return this.as(actor, "incidents.read", (core) => timelineOf(core, id));
  }

  portalIncident(actor: Actor, id: string) {
    return this.as(actor, "portal.read", (core) => incidentForClient(core, id));
  }

  command(actor: Actor, id: string, cmd: IncidentCommand) {
    return this.as(actor, "incidents.work", (core) => commandIncident(core, actor, id, cmd));
  }

  regroup(actor: Actor, id: string, what: Regroup) {
    return this.as(actor, "incidents.work", (core) => regroup(core, actor, id, what));
  }

  correlate(actor: Actor) {
    return this.as(actor, "incidents.work", (core) => correlate(core, actor));
  }

  assets(actor: Actor, query: AssetQuery) {
    return this.as(actor, "assets.read", async (core) => {
      await activityKnown(core);
      return ok(assetPage(core, query));
    });
  }

  asset(actor: Actor, id: string) {
    return this.onAsset(actor, "assets.read", id, (core, record) => ok(assetDetail(core, record)));
  }

  assetAlerts(actor: Actor, id: string, before: number, limit: number) {
    return this.onAsset(actor, "assets.read", id, (core, record) =>
      ok(alertHistory(core, record, before, limit)),
    );
  }

  assetIncidents(actor: Actor, id: string, before: number, limit: number) {
    return this.onAsset(actor, "assets.read", id, (core, record) =>
      ok(incidentHistory(core, record, before, limit)),
    );
  }

  createAsset(actor: Actor, input: AssetInput) {
    return this.as(actor, "assets.write", (core) => createAsset(core, actor, input));
  }

  changeAsset(actor: Actor, id: string, patch: AssetPatch) {
    return this.onAsset(actor, "assets.write", id, (core, record) => changeAsset(core, actor, record, patch));
  }

  deleteAsset(actor: Actor, id: string) {
    return this.onAsset(actor, "assets.write", id, (core, record) => deleteAsset(core, actor, record));
  }

  importAssets(actor: Actor, rows: ImportRow[], dryRun: boolean) {
    return this.as(actor, "assets.write", (core) => importAssets(core, actor, rows, dryRun));
  }

  acceptOwn(actor: Actor, alert: NormalizedAlert) {
    return this.as(actor, "company.test_alert", (core) => acceptOwnAlert(core, actor, alert));
  }

  state(actor: Actor) {
    return this.as(actor, "company.read", (core) => ok(stateOf(core)));
  }

  update(actor: Actor, patch: CompanyPatch) {
    return this.as(actor, patchNeeds(patch), (core) => updateCompany(core, actor, patch));
  }

  rejections(actor: Actor) {
    return this.as(actor, "company.read", (core) => ok(core.rejections.list()));
  }

  intakeState(actor: Actor) {
    return this.as(actor, "company.read", (core) => ok(intakeState(core)));
  }

  branding(actor: Actor) {
    return this.as(actor, "brand.read", (core) => ok(brandOf(core)));
  }

  exportTotals(actor: Actor) {
    return this.as(actor, "company.export", (core) => ok(exportTotals(core)));
  }

  exportPage(actor: Actor, table: ExportTable, after: ExportPosition | null) {
    return this.as(actor, "company.export", async (core) => ok(await exportPage(core, table, after)));
  }

  replayBasis(actor: Actor, from: number, to: number) {
    return this.as(actor, "company.read", (core) => ok(replayBasis(core, from, to)));
  }

  replayAlerts(actor: Actor, from: number, to: number) {
    return this.as(actor, "company.read", (core) => ok(replayAlerts(core, from, to)));
  }

  replayIncidents(actor: Actor, from: number) {
    return this.as(actor, "company.read", (core) => ok(replayIncidents(core, from)));
  }

  awsAccess(actor: Actor) {
    return this.as(actor, "company.read", (core) => ok(awsAccessOf(core, actor)));
  }

  snsTopics(actor: Actor) {
    return this.as(actor, "company.read", (core) => ok(topicsView(core)));
  }

  changeTopics(actor: Actor, change: TopicChange) {
    return this.as(actor, "company.settings", (core) => changeTopics(core, actor, change));
  }

  proposals(actor: Actor) {
    return this.as(actor, "company.read", (core) => ok(proposalsOf(core)));
  }

  acceptProposal(actor: Actor, id: string, ruleId: string) {
    return this.as(actor, "noise.rules", (core) => acceptProposal(core, actor, id, ruleId));
  }

  dismissProposal(actor: Actor, id: string) {
    return this.as(actor, "noise.rules", (core) => dismissProposal(core, actor, id));
  }

  policyList<P extends PolicyPart>(actor: Actor, part: P) {
    return this.as(actor, "noise.read", (core) => ok(policyList(core, part)));
  }

  policyPreview(actor: Actor, when: Condition | null, days: number) {
    return this.as(actor, "noise.read", (core) => policyPreview(core, when, days));
  }

  changeRules(actor: Actor, change: RuleChange) {
    return this.as(actor, "noise.rules", (core) => changeRules(core, actor, change));
  }

  changeSilences(actor: Actor, change: SilenceChange) {
    return this.as(actor, "noise.silence", (core) => changeSilences(core, actor, change));
  }

  letters(actor: Actor, query: LetterQuery) {
    return this.as(actor, "intake.read", (core) => ok(core.letters.page(query)));
  }

  letter(actor: Actor, id: string) {
    return this.as(actor, "intake.read", (core) => core.letters.detail(id));
  }

  changeLetters(actor: Actor, change: LetterChange) {
    return this.as(actor, "intake.replay", (core) => core.letters.change(actor, change));
  }

  replayLetter(actor: Actor, id: string, understood: Understood) {
    return this.as(actor, "intake.replay", (core) => core.letters.replay(actor, id, understood));
  }

  tryAlerts(actor: Actor, alerts: NormalizedAlert[]) {
    return this.as(actor, "intake.read", (core) => ok(tryAlerts(core, alerts)));
  }

  samples(actor: Actor) {
    return this.as(actor, "intake.read", (core) => ok(core.samples.list()));
  }

  mappings(actor: Actor) {
    return this.as(actor, "intake.read", (core) => ok(mappingViews(core)));
  }

  changeMappings(actor: Actor, change: MappingChange) {
    return this.as(actor, "intake.set_up", (core) => changeMappings(core, actor, change));
  }

  heartbeats(actor: Actor, unexpected?: boolean) {
    return this.as(actor, "intake.read", (core) => ok(core.heartbeats.list(unexpected)));
  }

  changeHeartbeats(actor: Actor, change: HeartbeatChange) {
    return this.as(actor, "intake.set_up", (core) => core.heartbeats.change(actor, change));
  }
}
