import type { Correction } from "../policy/correction.ts";
import { Policy, type PolicyWatch } from "../policy/decide.ts";
import type { MaintenanceWindow } from "../policy/maintenance.ts";
import { RULES_MAX, type Rule, type RuleInput } from "../policy/rule.ts";
import type { Silence } from "../policy/silence.ts";
import { type Hold, silenceHold, windowHold } from "../policy/suppression.ts";

/** A company's noise policy as it is kept. */
export interface StoredPolicy {
  rules: Rule[];
  msp_rules: Rule[];
  silences: Silence[];
  windows: MaintenanceWindow[];
  corrections: Correction[];
}

export interface ReplayPolicy {
  port: Policy;
  /** When what a source ("silence:ID") holds at `now` is let go; null: it does not hold. Epoch ms. */
  endOf(source: string, now: number): number | null;
}

const UNWATCHED: PolicyWatch = { matched() {}, ungrouped() {}, failed() {} };

/** As they would be: in place of the company's own rules, in their order; the MSP's stay. */
export function withRules(stored: StoredPolicy, rules: RuleInput[]): StoredPolicy {
  const own = rules.map((rule, i) => ({ ...rule, id: `try-${i + 1}`, created_at: 0, created_by: "" }));
  return { ...stored, rules: own };
}

/** Compiled for a replay that begins at `start`, epoch ms; null where there is nothing to ask. */
export function replayPolicy(stored: StoredPolicy, start: number): ReplayPolicy | null {
  const holds = [
    ...stored.silences.map((one) => () => silenceHold(one)),
    ...stored.windows.filter((one) => one.enabled).map((one) => () => windowHold(one)),
  ].flatMap((make): Hold[] => {
    try {
      return [make()];
    } catch {
      // One that cannot be understood holds nothing, as in the company itself.
      return [];
    }
  });
  const rules = [...stored.rules, ...stored.msp_rules].slice(0, RULES_MAX);
  const port = new Policy({ rules, holds, corrections: stored.corrections }, UNWATCHED, start);
  if (port.empty) return null;
  return {
    port,
    endOf(source, now) {
      const time = holds.find((hold) => hold.source === source)?.times(now, 1)[0];
      return time && time.start <= now ? time.end : null;
    },
  };
}
