import { normalizeAssetName } from "../core/asset.ts";
import { type AutomationSettings, DEFAULT_AUTOMATION } from "../core/automation.ts";
import { type AwsAccess, NO_AWS_ACCESS } from "../core/aws-access.ts";
import type { StormWatch } from "../core/engine/storm.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import { etagOf, ifMatch } from "../core/etag.ts";
import type { Mapping } from "../core/mapping/mapping.ts";
import { DEFAULT_NOTIFICATIONS, type NotificationPolicy } from "../core/notification-policy.ts";
import type { Action } from "../core/permissions.ts";
import type { CorrelationSettings, RateLimit, Retention, SecuritySettings } from "../core/settings.ts";
import {
  DEFAULT_CORRELATION,
  DEFAULT_RATE_LIMIT,
  DEFAULT_RETENTION,
  DEFAULT_SECURITY,
} from "../core/settings.ts";
import { DEFAULT_SLA, type SlaSettings } from "../core/sla.ts";
import { type Bucket, fullBucket } from "../core/token-bucket.ts";
import { issueKeyInto, type KeyRecord, rotateSecret, type SecretRecord } from "./company-keys.ts";
import type { BrandRecord, CompanyInit, CompanyPatch, Policy } from "./rpc.ts";
import type { SnsRecord } from "./sns-rpc.ts";

/** The company as its object knows it: one row of JSON, written when a setting changes. */
export interface CompanyRecord {
  company_id: string;
  msp_id: string;
  name: string;
  time_zone: string;
  /** Raised by every change of what the edge must know. */
  version: number;
  correlation: CorrelationSettings;
  rate_limit: RateLimit;
  security: SecuritySettings;
  critical_assets: string[];
  branding: BrandRecord;
  retention: Retention;
  sla: SlaSettings;
  automation: AutomationSettings;
  notifications: NotificationPolicy;
  aws: AwsAccess;
  /** Sealed; missing until AWS access is set for the first time, then for good. */
  external_id?: string;
  keys: KeyRecord[];
  /** Newest first; an old one ends a day after its successor came. */
  secrets: SecretRecord[];
  /** It is being deleted: no delivery is taken any more. */
  closed_at: number | null;
  /** How bodies of the custom route become alerts, in the order they are tried; missing: there are none. */
  mappings?: Mapping[];
  /** Topics of Amazon SNS; missing where none ever came. */
  sns?: SnsRecord;
}

/** What changes with every request and may lag a second behind on disk. */
export interface Usage {
  firing: Bucket;
  recoveries: Bucket;
  /** Key id -> epoch ms. */
  key_used_at: Record<string, number>;
  /** Epoch ms; missing where none came since this was noted. */
  first_alert_at?: number;
  last_alert_at?: number;
  /** Missing where no alert came since storms are watched for. */
  storm?: StormWatch;
  /** Tools that were seen to say when something is over, besides those known to. */
  recovering?: string[];
}

const NO_BRAND: BrandRecord = { color: null, name: null, logo: null };
/** What companies begin with, and what records lack that are older. */
const SERVICE = {
  sla: DEFAULT_SLA,
  automation: DEFAULT_AUTOMATION,
  notifications: DEFAULT_NOTIFICATIONS,
  aws: NO_AWS_ACCESS,
};

export function newRecord(init: CompanyInit, now: number): CompanyRecord {
  const { settings = {} } = init;
  return {
    company_id: init.company_id,
    msp_id: init.msp_id,
    name: init.name,
    time_zone: init.time_zone,
    version: 1,
    correlation: settings.correlation ?? DEFAULT_CORRELATION,
    rate_limit: settings.rate_limit ?? DEFAULT_RATE_LIMIT,
    security: settings.security ?? DEFAULT_SECURITY,
    critical_assets: settings.critical_assets ?? [],
    branding: { ...NO_BRAND, ...settings.brand },
    retention: settings.retention ?? DEFAULT_RETENTION,
    ...SERVICE,
    keys: [{ id: init.key_id, hash: init.key_hash, created_at: now, expires_at: null, revoked_at: null }],
    secrets: [{ sealed: init.sealed_secret, created_at: now, expires_at: null }],
    closed_at: null,
  };
}

/** A stored record, what older ones lack filled in. */
export function readRecord(json: string): CompanyRecord {
  const stored = JSON.parse(json) as Partial<CompanyRecord> & Pick<CompanyRecord, "keys" | "secrets">;
  const began = stored.keys[0]?.created_at ?? 0;
  return {
    branding: NO_BRAND,
    retention: DEFAULT_RETENTION,
    ...SERVICE,
    closed_at: null,
    ...(stored as Omit<CompanyRecord, "branding" | "retention" | "closed_at" | keyof typeof SERVICE>),
    correlation: { ...DEFAULT_CORRELATION, ...stored.correlation },
    rate_limit: { ...DEFAULT_RATE_LIMIT, ...stored.rate_limit },
    security: { ...DEFAULT_SECURITY, ...stored.security },
    keys: stored.keys.map((key) => ({ ...key, expires_at: key.expires_at ?? null })),
    secrets: stored.secrets.map((secret) => ({ ...secret, created_at: secret.created_at ?? began })),
  };
}

export function newUsage(record: CompanyRecord, now: number): Usage {
  return {
    firing: fullBucket(record.rate_limit, now),
    recoveries: fullBucket(record.rate_limit, now),
    key_used_at: {},
  };
}

export function policyOf(record: CompanyRecord, now: number): Policy {
  const live = (s: SecretRecord) => s.expires_at === null || s.expires_at > now;
  const share = ({ sealed, expires_at }: SecretRecord) => ({ sealed, expires_at });
  return {
    version: record.version,
    company_id: record.company_id,
    msp_id: record.msp_id,
    sealed_secrets: record.secrets.filter(live).map(share),
    former_secrets: record.secrets.filter((s) => !live(s)).map((s) => s.sealed),
    security: record.security,
    rate_limit: record.rate_limit,
    ...(record.sns && {
      sns_topics: record.sns.topics.filter(({ state }) => state === "allowed").map(({ arn }) => arn),
    }),
    ...(record.mappings?.length && { mappings: record.mappings }),
  };
}

export function criticalNames(record: CompanyRecord): Set<string> {
  return new Set(record.critical_assets.map(normalizeAssetName));
}

/** Settings that are saved as a whole and may be guarded by an entity tag. */
export type SettingGroup =
  | "correlation"
  | "rate_limit"
  | "security"
  | "branding"
  | "retention"
  | keyof typeof SERVICE;

/** Whether the group still is what its editor saw; what it is now is answered where not. */
function unchanged(record: CompanyRecord, { if_match }: CompanyPatch): Result<null> {
  if (!if_match || ifMatch(if_match.etag, etagOf(record[if_match.group]))) return ok(null);
  return fail("precondition_failed", "Somebody changed this meanwhile; look at what it is now.", {
    current: record[if_match.group],
  });
}

/** Applies a patch, or says why it cannot be. */
export function applyPatch(record: CompanyRecord, patch: CompanyPatch, now: number): Result<null> {
  const fresh = unchanged(record, patch);
  if (!fresh.ok) return fresh;
  if (patch.name !== undefined) record.name = patch.name;
  if (patch.time_zone !== undefined) record.time_zone = patch.time_zone;
  if (patch.critical_assets) record.critical_assets = patch.critical_assets;
  if (patch.correlation) record.correlation = patch.correlation;
  if (patch.rate_limit) record.rate_limit = patch.rate_limit;
  if (patch.security) record.security = patch.security;
  if (patch.retention) record.retention = patch.retention;
  if (patch.sla) record.sla = patch.sla;
  if (patch.automation) record.automation = patch.automation;
  if (patch.notifications) record.notifications = patch.notifications;
  if (patch.aws) record.aws = patch.aws;
  if (patch.sealed_external_id) record.external_id ??= patch.sealed_external_id;
  if (patch.brand) record.branding = { ...record.branding, ...patch.brand };
  if (patch.logo !== undefined) record.branding = { ...record.branding, logo: patch.logo };
  if (patch.sealed_secret) record.secrets = rotateSecret(record.secrets, patch.sealed_secret, now);
  if (patch.add_key) {
    const added = issueKeyInto(record.keys, patch.add_key, now);
    if (!added.ok) return added;
    record.keys = added.value;
  }
  if (patch.revoke_key) {
    const key = record.keys.find((k) => k.id === patch.revoke_key);
    if (!key) return notFound();
    key.revoked_at ??= now;
  }
  record.version += 1;
  return ok(null);
}

/** Keys and the signing secret open the door to the intake, others that to servers; the rest is a setting. */
export function patchNeeds(patch: CompanyPatch): Action {
  if (patch.sealed_secret || patch.add_key || patch.revoke_key) return "company.keys";
  if (patch.automation || patch.aws || patch.sealed_external_id) return "company.automation";
  return "company.settings";
}

const SHOWN = [
  "name",
  "time_zone",
  "critical_assets",
  "correlation",
  "rate_limit",
  "security",
  "retention",
  "sla",
  "automation",
  "notifications",
  "aws",
] as const;

/** What a patch changed, for the audit log: settings in full, of keys their ids, of secrets nothing. */
export function noteOfPatch(before: CompanyRecord, after: CompanyRecord, patch: CompanyPatch) {
  const target = { type: "company", id: after.company_id, name: after.name };
  if (patch.sealed_secret) return { action: "company.secret_rotated", target };
  if (patch.add_key) {
    const { key_id, overlap_hours } = patch.add_key;
    return { action: "company.key_issued", target, after: { key_id, overlap_hours } };
  }
  if (patch.revoke_key) return { action: "company.key_revoked", target, after: { key_id: patch.revoke_key } };
  if (patch.brand || patch.logo !== undefined) {
    const action = patch.logo === undefined ? "company.branding_changed" : "company.logo_changed";
    return { action, target, before: before.branding, after: after.branding };
  }
  const pick = (record: CompanyRecord) =>
    Object.fromEntries(SHOWN.filter((name) => patch[name] !== undefined).map((name) => [name, record[name]]));
  return { action: "company.settings_changed", target, before: pick(before), after: pick(after) };
}
