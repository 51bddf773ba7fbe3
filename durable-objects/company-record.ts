import { normalizeAssetName } from "../core/asset.ts";
import type { CorrelationSettings, RateLimit, SecuritySettings } from "../core/settings.ts";
import { DEFAULT_CORRELATION, DEFAULT_RATE_LIMIT, DEFAULT_SECURITY } from "../core/settings.ts";
import { type Bucket, fullBucket } from "../core/token-bucket.ts";
import type { CompanyInit, CompanyPatch, Policy } from "./rpc.ts";

const DAY_MS = 86_400_000;

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
  keys: { id: string; hash: string; created_at: number; revoked_at: number | null }[];
  /** Newest first; an old one ends a day after its successor came. */
  secrets: { sealed: string; expires_at: number | null }[];
}

/** What changes with every request and may lag a second behind on disk. */
export interface Usage {
  firing: Bucket;
  recoveries: Bucket;
  /** Key id -> epoch ms. */
  key_used_at: Record<string, number>;
}

export function newRecord(init: CompanyInit, now: number): CompanyRecord {
  return {
    company_id: init.company_id,
    msp_id: init.msp_id,
    name: init.name,
    time_zone: init.time_zone,
    version: 1,
    correlation: DEFAULT_CORRELATION,
    rate_limit: DEFAULT_RATE_LIMIT,
    security: DEFAULT_SECURITY,
    critical_assets: [],
    keys: [{ id: init.key_id, hash: init.key_hash, created_at: now, revoked_at: null }],
    secrets: [{ sealed: init.sealed_secret, expires_at: null }],
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
  return {
    version: record.version,
    company_id: record.company_id,
    msp_id: record.msp_id,
    sealed_secrets: record.secrets.filter((s) => s.expires_at === null || s.expires_at > now),
    security: record.security,
    rate_limit: record.rate_limit,
  };
}

export function criticalNames(record: CompanyRecord): Set<string> {
  return new Set(record.critical_assets.map(normalizeAssetName));
}

/** Applies a patch; false where it names a key that is not there. */
export function applyPatch(record: CompanyRecord, patch: CompanyPatch, now: number): boolean {
  if (patch.name !== undefined) record.name = patch.name;
  if (patch.time_zone !== undefined) record.time_zone = patch.time_zone;
  if (patch.critical_assets) record.critical_assets = patch.critical_assets;
  if (patch.correlation) record.correlation = patch.correlation;
  if (patch.rate_limit) record.rate_limit = patch.rate_limit;
  if (patch.security) record.security = patch.security;
  if (patch.sealed_secret) {
    const [newest] = record.secrets;
    record.secrets = [
      { sealed: patch.sealed_secret, expires_at: null },
      ...(newest ? [{ ...newest, expires_at: now + DAY_MS }] : []),
    ];
  }
  if (patch.add_key) {
    record.keys.push({
      id: patch.add_key.key_id,
      hash: patch.add_key.key_hash,
      created_at: now,
      revoked_at: null,
    });
  }
  if (patch.revoke_key) {
    const key = record.keys.find((k) => k.id === patch.revoke_key);
    if (!key) return false;
    key.revoked_at ??= now;
  }
  record.version += 1;
  return true;
}

/** Keys and the signing secret open the door to the intake; everything else is a setting. */
export function patchNeeds(patch: CompanyPatch): "company.keys" | "company.settings" {
  return patch.sealed_secret || patch.add_key || patch.revoke_key ? "company.keys" : "company.settings";
}

const SHOWN = ["name", "time_zone", "critical_assets", "correlation", "rate_limit", "security"] as const;

/** What a patch changed, for the audit log: settings in full, of keys their ids, of secrets nothing. */
export function noteOfPatch(before: CompanyRecord, after: CompanyRecord, patch: CompanyPatch) {
  const target = { type: "company", id: after.company_id, name: after.name };
  if (patch.sealed_secret) return { action: "company.secret_rotated", target };
  if (patch.add_key) return { action: "company.key_issued", target, after: { key_id: patch.add_key.key_id } };
  if (patch.revoke_key) return { action: "company.key_revoked", target, after: { key_id: patch.revoke_key } };
  const pick = (record: CompanyRecord) =>
    Object.fromEntries(SHOWN.filter((name) => patch[name] !== undefined).map((name) => [name, record[name]]));
  return { action: "company.settings_changed", target, before: pick(before), after: pick(after) };
}
