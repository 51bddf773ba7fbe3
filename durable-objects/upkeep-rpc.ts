import type { Actor } from "../core/actor.ts";
import type { Result } from "../core/errors.ts";
import type { CompanyIntake, Rejection } from "../core/rejection.ts";
import type { BrandInput } from "../core/settings.ts";
import type { RefusedDelivery } from "./rejections.ts";

export interface NewKey {
  key_id: string;
  key_hash: string;
  /** The keys before end after this many hours; 0: at once. */
  overlap_hours: number;
}

/** A logo in the file store; `hash` of its bytes names it. */
export interface LogoRecord {
  key: string;
  hash: string;
  type: string;
  bytes: number;
}

export interface BrandRecord extends BrandInput {
  logo: LogoRecord | null;
}

/** The company's own part of its brand, with the name it goes by. */
export interface CompanyBrand {
  company_name: string;
  branding: BrandRecord;
}

export const EXPORT_TABLES = ["assets", "alerts", "incidents", "timelines", "learned_pairs"] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];
export type ExportPosition = [number, number];

/** At most 1,000 rows or about 1 MiB; `rows` is JSON of an array of what the API answers. */
export interface ExportPage {
  rows: string;
  count: number;
  /** null: that was all. */
  next: ExportPosition | null;
}

/** What lies in the lists of a company that is to go from there. */
export interface Pruning {
  msp_id: string;
  company_id: string;
  /** Resolved ones at this version or an older one. */
  incidents: { id: string; version: number }[];
  /** Hours before this go, epoch ms; null: none. */
  counters_before: number | null;
}

/** What the company's object does besides alerts and incidents, as the Worker calls it. */
export interface CompanyUpkeepRpc {
  /** What the edge refused by itself since the last call. */
  reportRejections(items: RefusedDelivery[]): Promise<void>;
  rejections(actor: Actor): Promise<Result<Rejection[]>>;
  intakeState(actor: Actor): Promise<Result<CompanyIntake>>;
  branding(actor: Actor): Promise<Result<CompanyBrand>>;
  /** How many rows an export will read, by table. */
  exportTotals(actor: Actor): Promise<Result<Record<ExportTable, number>>>;
  exportPage(actor: Actor, table: ExportTable, after: ExportPosition | null): Promise<Result<ExportPage>>;
  /** Takes no delivery any more; the first step of a deletion, and again harmless. */
  close(actor: Actor): Promise<Result<null>>;
  /**
   * Deletes everything this object holds, once what it noted is in the audit log. Throws when the database is
   * away. After it the object answers as one that was never initialised.
   */
  erase(actor: Actor): Promise<Result<null>>;
}
