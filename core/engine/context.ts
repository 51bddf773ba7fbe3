import type { Category, Reason } from "../alert.ts";
import type { AssetBook } from "../asset-book.ts";
import type { CorrelationSettings } from "../settings.ts";
import type { Severity } from "../severity.ts";
import type { SmartPort } from "../smart/port.ts";
import type { AlertState, Changes, EngineStore, Person, Ruling } from "./state.ts";
import type { StormWatch } from "./storm.ts";

export const MINUTE = 60_000;

export interface EngineContext {
  company_id: string;
  settings: CorrelationSettings;
  assets: AssetBook;
  /** Normalised names of the assets whose trouble weighs more. */
  critical: ReadonlySet<string>;
  store: EngineStore;
  changes: Changes;
  /** The company's rules, silences and maintenance windows; absent where it has none. */
  policy?: PolicyPort;
  /** Present while the strategy is `smart`. */
  smart?: SmartPort;
  /** Absent where storms are not watched for. */
  storm?: StormWatch;
}

/** What the company's noise policy makes of one new alert. */
export interface Verdict {
  /** Not wanted at all: counted, not kept. */
  drop?: Reason;
  /** Kept and marked, in no incident while it is held. `by`: "silence:ID", "maintenance:ID" or "rule:ID". */
  suppress?: { by: string; why: Reason };
  /** Takes the place of the strategy's key; `parts` are told apart from every other rule's. */
  group?: Ruling["group"];
  title?: string;
  severity?: Severity;
  category?: Category;
  assignee?: Person;
  runbook?: string;
  /** Of what else was changed. */
  reasons: Reason[];
}

/** Never throws: a rule that fails at run time is no match, and an error that its owner sees. */
export interface PolicyPort {
  /** null: nothing applies, as for most. */
  decide(alert: AlertState, now: number): Verdict | null;
  /** The silence or window alone that holds such an alert back now; rules are not asked, nothing is counted. */
  holdsBack?(alert: AlertState, now: number): Verdict["suppress"] | null;
  /** What `holdsBack` named holds an alert that came before it began, at `since` (epoch ms). */
  reachesBack?(source: string, since: number): void;
}

/** What became of one alert; `alert` is null for a recovery that nothing matched. */
export interface Outcome {
  alert: AlertState | null;
  outcome:
    | "opened"
    | "joined"
    | "reopened"
    | "repeated"
    | "resolved"
    | "recorded"
    | "waiting"
    | "suppressed"
    /** A word about it from its source, without a change of state. */
    | "noted"
    /** A rule of the company says that it is not wanted: counted, not kept. */
    | "dropped"
    /** Kept and shown, in no incident yet: too few of them, or grouping is by hand. */
    | "held";
}
