import type { Actor } from "../core/actor.ts";
import type { Result } from "../core/errors.ts";
import type { Incident, Regroup } from "../core/incident.ts";

/** What became of alerts that waited to be grouped by hand. */
export interface Correlated {
  /** Alerts that got an incident. */
  placed: number;
  /** Alerts that still wait: call again. */
  left: number;
}

export interface RegroupRpc {
  /** Answers the incident as it is now; of a split, the new one. A conflict carries the incident as `current`. */
  regroup(actor: Actor, id: string, what: Regroup): Promise<Result<Incident>>;
  /** Groups the alerts that wait, at most 2,000 a call. */
  correlate(actor: Actor): Promise<Result<Correlated>>;
}
