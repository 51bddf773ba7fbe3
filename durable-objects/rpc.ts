import type { Actor } from "../core/actor.ts";
import type { Alert, NormalizedAlert } from "../core/alert.ts";
import type {
  Asset,
  AssetDetail,
  AssetInput,
  AssetPatch,
  ImportResult,
  ImportRow,
} from "../core/asset-schema.ts";
import type { AssetFilter, AssetPosition, AssetSort } from "../core/asset-view.ts";
import type { AuditEntry } from "../core/audit.ts";
import type { ChainHead, Link, Unlinked } from "../core/audit-chain.ts";
import type { AutomationSettings } from "../core/automation.ts";
import type { AwsAccess } from "../core/aws-access.ts";
import type { CompanyDetail } from "../core/company.ts";
import type { Result } from "../core/errors.ts";
import type { CompanyEvent } from "../core/events.ts";
import type { Incident, IncidentCommand, IncidentDetail, TimelineEntry } from "../core/incident.ts";
import type { Mapping } from "../core/mapping/mapping.ts";
import type { NotificationPolicy } from "../core/notification-policy.ts";
import type { PortalDetail } from "../core/portal.ts";
import type {
  BrandInput,
  CorrelationSettings,
  RateLimit,
  Retention,
  SecuritySettings,
} from "../core/settings.ts";
import type { SlaSettings } from "../core/sla.ts";
import type { AwsAccessRpc } from "./aws-access.ts";
import type { SettingGroup } from "./company-record.ts";
import type { IntakeRpc } from "./intake-rpc.ts";
import type { LearningRpc } from "./learning-rpc.ts";
import type { Whose } from "./listener.ts";
import type { FirstWindows, PolicyRpc } from "./policy-rpc.ts";
import type { RegroupRpc } from "./regroup-rpc.ts";
import type { ReplayRpc } from "./replay-rpc.ts";
import type { SnsRpc } from "./sns-rpc.ts";
import type { CompanyUpkeepRpc, LogoRecord, NewKey, Pruning } from "./upkeep-rpc.ts";

export type * from "./intake-rpc.ts";
export type * from "./learning-rpc.ts";
export type * from "./policy-rpc.ts";
export type * from "./regroup-rpc.ts";
export type * from "./replay-rpc.ts";
export type * from "./sns-rpc.ts";
export type * from "./upkeep-rpc.ts";

/** What the edge needs to verify a delivery; cached per isolate, renewed when `version` is stale. */
export interface Policy {
  version: number;
  company_id: string;
  msp_id: string;
  /** HMAC secrets, newest first, sealed: only the Worker can open them. Epoch ms, null: no end. */
  sealed_secrets: { sealed: string; expires_at: number | null }[];
  /** Those that have ended: nothing is accepted with them, but a sender that still signs so can be told. */
  former_secrets: string[];
  security: SecuritySettings;
  rate_limit: RateLimit;
  /** Of the custom route; left out where there are none. */
  mappings?: Mapping[];
  /** Topics of Amazon SNS that may deliver. */
  sns_topics?: string[];
}

/** One verified webhook request, all its understood alerts. */
export interface Delivery {
  policy_version: number;
  /** SHA-256 of the key's random part, hex: the object knows which keys it has issued and revoked. */
  key_hash: string;
  /** From the sender, or null: then the signature, where there is one, stands in. */
  delivery_id: string | null;
  /** How long the id is remembered: 24 h, 77 h for Standard Webhooks senders. */
  delivery_ttl_hours: 24 | 77;
  /** Of the raw body; tells a repeated delivery from a re-used id. */
  body_hash: string;
  /** Hex HMAC and its timestamp (unix seconds): the same signed bytes again are a duplicate. */
  signature: { hex: string; timestamp: number } | null;
  alerts: NormalizedAlert[];
}

export type AcceptAnswer =
  | { kind: "received"; alert_ids: (string | null)[]; outcomes: string[] }
  | { kind: "duplicate"; alert_ids: (string | null)[] }
  | { kind: "delivery_conflict" }
  | { kind: "rate_limited"; retry_after: number; limit: number; burst: number }
  | { kind: "stale_policy"; policy: Policy }
  /** `ended`: a key of this company that was valid once; `gone`: there is no such company. */
  | { kind: "unknown_key"; gone?: true; ended?: { key_id: string; how: "revoked" | "expired"; at: number } };

/** As AcceptAnswer; one delivery of a group that could not be written does not fail the others. */
export type GroupAnswer = AcceptAnswer | { kind: "failed"; detail: string };

export interface CompanyInit {
  company_id: string;
  msp_id: string;
  name: string;
  time_zone: string;
  key_id: string;
  key_hash: string;
  sealed_secret: string;
  /** Where they are not the defaults. */
  settings?: Pick<
    CompanyPatch,
    "correlation" | "rate_limit" | "security" | "retention" | "critical_assets" | "brand"
  >;
  /** Checked by the caller. */
  windows?: FirstWindows;
}

export interface CompanyPatch {
  /** The group this patch sets must still be what this entity tag is of. */
  if_match?: { group: SettingGroup; etag: string };
  retention?: Retention;
  sla?: SlaSettings;
  automation?: AutomationSettings;
  notifications?: NotificationPolicy;
  aws?: AwsAccess;
  /** Kept where the company has no external id yet. */
  sealed_external_id?: string;
  brand?: BrandInput;
  logo?: LogoRecord | null;
  name?: string;
  time_zone?: string;
  critical_assets?: string[];
  correlation?: CorrelationSettings;
  rate_limit?: RateLimit;
  security?: SecuritySettings;
  /** Becomes the newest secret; the one before stays valid for a day. */
  sealed_secret?: string;
  add_key?: NewKey;
  revoke_key?: string;
}

/** What only the company's object knows; the Worker adds the lists' figures. */
export type CompanyState = Pick<
  CompanyDetail,
  | "name"
  | "time_zone"
  | "correlation"
  | "rate_limit"
  | "security"
  | "critical_assets"
  | "api_keys"
  | "automation_paused"
  | "projection"
  | "rejections"
  | "secrets"
  | "retention"
  | "sla"
  | "automation"
  | "notifications"
  | "aws"
>;

export interface AlertQuery {
  incident_id?: string;
  status?: string;
  severity?: string;
  tool?: string;
  q?: string;
  /** Epoch milliseconds, both inclusive, on the time it was received. */
  from?: number;
  to?: number;
  cursor?: string;
  limit: number;
}

export interface AlertPage {
  items: Alert[];
  next_cursor: string | null;
}

export interface AssetQuery extends AssetFilter {
  sort: AssetSort;
  limit: number;
  /** The last row of the page before. */
  after?: AssetPosition | null;
}

export interface AssetPage {
  items: Asset[];
  /** How many match, on all pages. */
  total: number;
  next: AssetPosition | null;
}

/** Alerts or incidents of an asset below a seq, newest first; `next` is the seq to go on below. */
export interface AssetHistory<T> {
  items: T[];
  next: number | null;
}

/** The company object as the Worker calls it. Nothing here throws for what a caller did. */
export interface CompanyRpc
  extends CompanyUpkeepRpc,
    ReplayRpc,
    LearningRpc,
    PolicyRpc,
    IntakeRpc,
    RegroupRpc,
    SnsRpc,
    AwsAccessRpc {
  init(input: CompanyInit): Promise<Result<null>>;
  /** null: never initialised, and nothing was written by asking. */
  policy(): Promise<Policy | null>;
  accept(delivery: Delivery): Promise<AcceptAnswer>;
  /**
   * Several at once, answered in their order: JSON of Delivery[] in, of GroupAnswer[] out. As one text a group
   * crosses to the object at half the cost of its hundreds of small objects.
   */
  acceptAll(deliveries: string): Promise<string>;
  /** An alert of the service's own making, for a person who may see the company. */
  acceptOwn(actor: Actor, alert: NormalizedAlert): Promise<Result<{ alert_id: string }>>;
  alerts(actor: Actor, query: AlertQuery): Promise<Result<AlertPage>>;
  alert(actor: Actor, id: string): Promise<Result<Alert>>;
  incident(actor: Actor, id: string): Promise<Result<IncidentDetail>>;
  timeline(actor: Actor, id: string): Promise<Result<TimelineEntry[]>>;
  command(actor: Actor, id: string, command: IncidentCommand): Promise<Result<Incident>>;
  assets(actor: Actor, query: AssetQuery): Promise<Result<AssetPage>>;
  asset(actor: Actor, id: string): Promise<Result<AssetDetail>>;
  assetAlerts(actor: Actor, id: string, before: number, limit: number): Promise<Result<AssetHistory<Alert>>>;
  assetIncidents(
    actor: Actor,
    id: string,
    before: number,
    limit: number,
  ): Promise<Result<AssetHistory<Incident>>>;
  createAsset(actor: Actor, input: AssetInput): Promise<Result<Asset>>;
  changeAsset(actor: Actor, id: string, patch: AssetPatch): Promise<Result<Asset>>;
  deleteAsset(actor: Actor, id: string): Promise<Result<null>>;
  /** With `dryRun` nothing changes: the answer says what would become of each row. */
  importAssets(actor: Actor, rows: ImportRow[], dryRun: boolean): Promise<Result<ImportResult>>;
  state(actor: Actor): Promise<Result<CompanyState>>;
  update(actor: Actor, patch: CompanyPatch): Promise<Result<CompanyState>>;
  /** Sealed secrets under the service's new key in place of the old; one that was changed meanwhile stays. */
  resealed(pairs: { old: string; new: string }[]): Promise<void>;
  /** One incident as a client may see it, with the public part of what happened. */
  portalIncident(actor: Actor, id: string): Promise<Result<PortalDetail>>;
  /** Closes sockets of the company's own stream: sessions that ended, or a person whose rights changed. */
  closeListeners(whose: Whose): Promise<void>;
  /** The sweep's knock: run what is overdue. Answers the earliest deadline left, epoch ms, or null. */
  wake(): Promise<number | null>;
}

export interface RecentAlert {
  company_id: string;
  alert: Alert;
}

/** The MSP's hub as company objects and the Worker call it. */
export interface HubRpc {
  publish(mspId: string, companyId: string, events: CompanyEvent[]): Promise<void>;
  /** As `publish`, for those who listen now: nothing of it is kept. */
  tell(mspId: string, companyId: string, events: CompanyEvent[]): Promise<void>;
  /** Drops every kept event of a company that is deleted; whoever missed some is told to read anew. */
  forgetCompany(mspId: string, companyId: string): Promise<void>;
  /** The newest alerts over all companies the actor may see, newest first, at most 500. */
  recentAlerts(actor: Actor, limit: number): Promise<Result<Alert[]>>;
  /** Closes the sockets of a session that was revoked. */
  closeSession(sessionId: string): Promise<void>;
  /** Closes the sockets of a person whose role, companies or access changed; they come back as what they are now. */
  closeUser(userId: string): Promise<void>;
  /** Numbers and links what the MSP's audit log has not linked yet. Throws when the database is away. */
  chainAudit(mspId: string): Promise<void>;
  /** The newest link as the hub itself remembers it; what the log says is compared with it. */
  auditHead(actor: Actor): Promise<Result<ChainHead>>;
}

/** One incident as the projection writes it; the object hands rows over in order. */
export interface ProjectedIncident {
  incident: Incident;
  priority_base: number;
}

/** Counters of one company and hour; `hour` is epoch ms. Figures are totals, so a repeated write is harmless. */
export interface ProjectedCounter {
  hour: number;
  severity: string;
  tool: string;
  alerts: number;
}

export interface ProjectionBatch {
  msp_id: string;
  company_id: string;
  incidents: ProjectedIncident[];
  counters: ProjectedCounter[];
  /** Epoch ms of the earliest deadline, or null; undefined leaves it. */
  next_due_at?: number | null;
}

/** What objects need from outside and do not know how to do. */
export interface Ports {
  /** Versioned upsert: a row whose stored version is higher stays. Throws when the database is away. */
  project(batch: ProjectionBatch): Promise<void>;
  /** Takes what is too old to keep out of the lists. Throws when the database is away. */
  prune(what: Pruning): Promise<void>;
  /** To the MSP's hub. */
  publish(mspId: string, companyId: string, events: CompanyEvent[]): Promise<void>;
  /** Into the MSP's audit log; an entry it has already stays as it is. Throws when the database is away. */
  recordAudit(mspId: string, entries: AuditEntry[]): Promise<void>;
  /** One line to the platform's log; the implementation takes out what looks like a secret. */
  log(event: string, error: unknown): void;
}

/** What the hub needs from outside: the audit log's rows. Both throw when the database is away. */
export interface HubPorts {
  /** The oldest entries that have no number yet. */
  unlinkedAudit(mspId: string, limit: number): Promise<Unlinked[]>;
  /** Writes numbers and links onto their entries; one that has a number keeps it. */
  writeLinks(mspId: string, links: Link[]): Promise<void>;
}
