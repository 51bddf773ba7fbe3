import type { Actor } from "../core/actor.ts";
import type { Result } from "../core/errors.ts";
import type { CorrelationSettings } from "../core/settings.ts";

/** What a replay of the company's alerts begins with. */
export interface ReplayBasis {
  settings: CorrelationSettings;
  /** JSON of AssetRecord[]. */
  assets: string;
  /** Normalised names of the assets whose trouble weighs more. */
  critical: string[];
  /** JSON of StoredPolicy. */
  policy: string;
  /** The first alert received at or after the start, and how many there are up to the end. */
  first_alert: number;
  alerts: number;
  /** The first incident that such an alert may be in. */
  first_incident: number;
}

/** At most 1,000 rows or some 2 MiB; `rows` is JSON of an array. */
export interface ReplayPage {
  rows: string;
  count: number;
  /** Seq to read on from; null: that was all. */
  next: number | null;
}

/** An incident as a replay needs it: what it was, and what people did to it. Times are epoch ms. */
export interface ReplayIncident {
  seq: number;
  title: string;
  severity: string;
  created_at: number;
  acts: { type: "resolve" | "reopen"; at: number }[];
}

/** How the company's object is read by a what-if, which runs outside of it. */
export interface ReplayRpc {
  /** `from` and `to`: epoch ms, of the time alerts were received. */
  replayBasis(actor: Actor, from: number, to: number): Promise<Result<ReplayBasis>>;
  /** Alerts (JSON of AlertState[]) from a seq on, received up to `to`, in their order. */
  replayAlerts(actor: Actor, from: number, to: number): Promise<Result<ReplayPage>>;
  /** Incidents (JSON of ReplayIncident[]) from a seq on. */
  replayIncidents(actor: Actor, from: number): Promise<Result<ReplayPage>>;
}
