import type { Reason } from "../alert.ts";
import type { Severity } from "../severity.ts";

/** What the `smart` strategy sees of an alert. `at`: epoch ms, when it was received. */
export interface SmartInput {
  /** Resolved asset, "" where it could not be told. */
  asset: string;
  /** Canonical: what tools call differently meets here. */
  signature: string;
  /** The check as its tool names it: what has a habit of its own. */
  check: string;
  tool: string;
  /** What the tool itself grouped it with, or null. */
  group: string | null;
  severity: Severity;
  at: number;
  /** Resolved assets that it depends on, or that depend on it, directly. */
  neighbours: readonly string[];
}

export type SmartPlace =
  | {
      kind: "join";
      /** Seq of the incident. */
      incident: number;
      score: number;
      reasons: Reason[];
      /** Other incidents that this alert shows to be the same trouble; they are merged into `incident`. */
      pull: { incident: number; reasons: Reason[] }[];
    }
  | { kind: "found"; reasons: Reason[] };

/**
 * The `smart` strategy as the engine calls it. Groups are incidents, by seq. Deterministic; bounded work a
 * call; its memory is a model of its own that the object keeps.
 */
export interface SmartPort {
  /** Where a new alert belongs. `takes` says whether an incident may still take an alert. */
  place(input: SmartInput, takes: (incident: number) => boolean): SmartPlace;
  /** Where it went in the end, by this strategy or by something stronger (a rule, a person). */
  placed(input: SmartInput, incident: number): void;
  /** A firing alert came again; it stays where it is. */
  repeated(input: SmartInput, incident: number): void;
  /**
   * Whether a firing alert that comes again is another one: its tool sends no recoveries, and its incident has
   * been quiet, or another took over from it. False where that is not known.
   */
  lapsed(input: SmartInput, incident: number): boolean;
  /** The tool sent a recovery: it says itself what is over. */
  recovers(tool: string): void;
  /** `from` is part of `into` now. */
  merged(into: number, from: number): void;
  /** A person put the alert into this incident: what comes of its check goes there. Nothing came anew. */
  moved(input: SmartInput, incident: number): void;
  /** The merge of this incident into another was taken back. */
  unmerged(from: number): void;
  /** Resolved, or too old to take more. */
  closed(incident: number): void;
}
