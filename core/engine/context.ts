import type { AssetBook } from "../asset-book.ts";
import type { CorrelationSettings } from "../settings.ts";
import type { AlertState, Changes, EngineStore } from "./state.ts";

export const MINUTE = 60_000;

export interface EngineContext {
  company_id: string;
  settings: CorrelationSettings;
  assets: AssetBook;
  /** Normalised names of the assets whose trouble weighs more. */
  critical: ReadonlySet<string>;
  store: EngineStore;
  changes: Changes;
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
