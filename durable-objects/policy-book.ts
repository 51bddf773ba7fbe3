import { Policy, type PolicyWatch } from "../core/policy/decide.ts";
import { RULES_MAX, type Rule } from "../core/policy/rule.ts";
import { type Hold, silenceHold, windowHold } from "../core/policy/suppression.ts";
import { clock } from "./clock.ts";
import type { Deadlines } from "./deadlines.ts";
import { type Fared, PolicyRows } from "./policy-rows.ts";

/** How rules fared is written this long after the first news; what a crash loses of it is a count. */
const FARED_LATE_MS = 10_000;

const UNTRIED: Fared = {
  matched: 0,
  last_matched_at: null,
  ungrouped: 0,
  errors: 0,
  last_error_at: null,
  last_error: null,
};

/**
 * A company's noise policy: its rows, and out of them what the engine asks. Compiled anew after each change
 * and never per alert.
 */
export class PolicyBook implements PolicyWatch {
  readonly rows: PolicyRows;
  /** Undefined where the company has no policy, so that intake has nothing to ask. */
  port: Policy | undefined;
  private deadlines: Deadlines;
  private known: Map<string, Fared>;
  private news = new Set<string>();

  constructor(sql: SqlStorage, deadlines: Deadlines) {
    this.rows = new PolicyRows(sql);
    this.deadlines = deadlines;
    this.known = this.rows.fared();
    this.compile();
  }

  /** The company's rules, then as many of the MSP's as the limit leaves room for. */
  rulesInForce(): Rule[] {
    return [...this.rows.all("rule"), ...this.rows.all("msp_rule")].slice(0, RULES_MAX);
  }

  /** Reads rows and compiles them; what fails is left out and seen. Sets when to look at it again. */
  compile(): void {
    const now = clock.now();
    const silences = this.rows.all("silence").filter((one) => one.ends_at > now);
    const windows = this.rows.all("window");
    const holds = [
      ...silences.map((one) => () => silenceHold(one)),
      ...windows.filter((one) => one.enabled).map((one) => () => windowHold(one)),
    ].flatMap((make): Hold[] => {
      try {
        return [make()];
      } catch {
        return [];
      }
    });
    const parts = { rules: this.rulesInForce(), holds, corrections: this.rows.all("correction") };
    const made = new Policy(parts, this, now);
    this.port = made.empty ? undefined : made;
  }

  matched(rule: string, now: number): void {
    const fared = this.faredOf(rule);
    fared.matched += 1;
    fared.last_matched_at = now;
  }

  ungrouped(rule: string): void {
    this.faredOf(rule).ungrouped += 1;
  }

  failed(id: string, text: string, now: number): void {
    const fared = this.faredOf(id);
    fared.errors += 1;
    fared.last_error_at = now;
    fared.last_error = text;
  }

  reachesBack(source: string, since: number): void {
    this.rows.reachBack(source, since);
  }

  fared(id: string): Fared {
    return this.known.get(id) ?? UNTRIED;
  }

  forget(id: string): void {
    this.known.delete(id);
    this.news.delete(id);
  }

  private faredOf(id: string): Fared {
    const fared = this.known.get(id) ?? { ...UNTRIED };
    this.known.set(id, fared);
    if (this.news.size === 0) this.deadlines.notLaterThan("policy-fared", clock.now() + FARED_LATE_MS);
    this.news.add(id);
    return fared;
  }

  writeFared(): void {
    for (const id of this.news) {
      const fared = this.known.get(id);
      if (fared) this.rows.putFared(id, fared);
    }
    this.news.clear();
    this.deadlines.clear("policy-fared");
  }
}
