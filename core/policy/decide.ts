import type { Reason } from "../alert.ts";
import type { PolicyPort, Verdict } from "../engine/context.ts";
import type { AlertState } from "../engine/state.ts";
import type { Test } from "./compile.ts";
import { compileCondition } from "./compile.ts";
import type { Correction } from "./correction.ts";
import { type Field, keyReader, type Subject } from "./fields.ts";
import type { Occurrence } from "./recurrence.ts";
import type { Rule } from "./rule.ts";
import type { Hold } from "./suppression.ts";
import { compileTitle } from "./title.ts";

/** What goes on while alerts are judged; whoever keeps the rules writes it down. */
export interface PolicyWatch {
  matched(rule: string, now: number): void;
  ungrouped(rule: string): void;
  /** A rule, silence or window failed: it counts as not fitting. `text` names no customer's data. */
  failed(id: string, text: string, now: number): void;
  /** A silence or window holds an alert that came before it began, at `since` (epoch ms). */
  reachesBack?(source: string, since: number): void;
}

interface CompiledRule {
  rule: Rule;
  test: Test;
  group: [name: Field, read: (alert: Subject) => string][] | null;
  title: ((alert: Subject) => string) | null;
}

/** A hold with the time it holds now, or the next one; looked up again when that is over. */
interface Timed {
  hold: Hold;
  time: Occurrence | null;
}

export interface PolicyParts {
  /** In order: the company's, then the MSP's. */
  rules: Rule[];
  holds: Hold[];
  corrections: Correction[];
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300);

/**
 * A company's rules, silences, windows and corrections, compiled once per change of them and asked once per
 * new alert. Rules judge an alert as it came, corrected, in their order: of each kind of action the first rule
 * that fits decides; `drop` and `silence` end the pass, and so does a rule that says `stop`. What fails counts
 * as not fitting: nothing here throws.
 */
export class Policy implements PolicyPort {
  private rules: CompiledRule[] = [];
  private holds: Timed[];
  private corrections: Map<string, Correction>;
  private watch: PolicyWatch;

  constructor(parts: PolicyParts, watch: PolicyWatch, now: number) {
    this.watch = watch;
    this.corrections = new Map(parts.corrections.map((one) => [one.signature, one]));
    for (const rule of parts.rules) {
      if (!rule.enabled) continue;
      const test = compileCondition(rule.when);
      if (!test.ok) {
        watch.failed(rule.id, Object.values(test.error.fields ?? {})[0] ?? test.error.detail, now);
        continue;
      }
      const { group_by, title } = rule.actions;
      this.rules.push({
        rule,
        test: test.value,
        group: group_by?.map((name) => [name, keyReader(name)]) ?? null,
        title: title === undefined ? null : compileTitle(title),
      });
    }
    this.holds = parts.holds.map((hold) => ({ hold, time: this.nextTime(hold, now) }));
  }

  /** Whether there is nothing to ask. */
  get empty(): boolean {
    return this.rules.length === 0 && this.holds.length === 0 && this.corrections.size === 0;
  }

  decide(alert: AlertState, now: number): Verdict | null {
    const corrected = this.corrections.get(alert.signature);
    const verdict: Verdict = { reasons: [] };
    const subject: Subject = corrected ? { ...alert, ...given(corrected) } : alert;
    const why = corrected && correctedReason(corrected, alert);
    if (why) verdict.reasons.push(why);
    const held = this.holds.length > 0 ? this.held(subject, now) : null;
    if (this.rules.length > 0) this.judge(subject, now, verdict);
    if (held && !verdict.drop) verdict.suppress = held;
    if (why) {
      // What a rule sets wins: it was asked about this very alert, a correction about its kind.
      if (subject.severity !== alert.severity) verdict.severity ??= subject.severity;
      if (subject.category !== alert.category) verdict.category ??= subject.category;
    }
    return Object.keys(verdict).length === 1 && verdict.reasons.length === 0 ? null : verdict;
  }

  /** The first silence or window that holds this alert back now, with the reason; rules are not asked. */
  held(alert: Subject, now: number): { by: string; why: Reason } | null {
    for (const timed of this.holds) {
      if (!timed.time) continue;
      if (now >= timed.time.end) timed.time = this.nextTime(timed.hold, now);
      if (!timed.time || now < timed.time.start) continue;
      try {
        if (timed.hold.test(alert, now))
          return { by: timed.hold.source, why: timed.hold.why(timed.time.end) };
      } catch (error) {
        this.watch.failed(idOf(timed.hold.source), message(error), now);
      }
    }
    return null;
  }

  /** As `held`, of an alert as its source describes it. */
  holdsBack(alert: AlertState, now: number): { by: string; why: Reason } | null {
    const corrected = this.corrections.get(alert.signature);
    return this.held(corrected ? { ...alert, ...given(corrected) } : alert, now);
  }

  reachesBack(source: string, since: number): void {
    this.watch.reachesBack?.(source, since);
  }

  private nextTime(hold: Hold, now: number): Occurrence | null {
    try {
      return hold.times(now, 1)[0] ?? null;
    } catch (error) {
      this.watch.failed(idOf(hold.source), message(error), now);
      return null;
    }
  }

  private judge(alert: Subject, now: number, verdict: Verdict): void {
    for (const compiled of this.rules) {
      try {
        if (!compiled.test(alert, now)) continue;
        this.apply(compiled, alert, verdict);
      } catch (error) {
        this.watch.failed(compiled.rule.id, message(error), now);
        continue;
      }
      this.watch.matched(compiled.rule.id, now);
      if (verdict.drop || verdict.suppress || compiled.rule.stop) return;
    }
  }

  private apply({ rule, group, title }: CompiledRule, alert: Subject, verdict: Verdict): void {
    const { actions, id, name } = rule;
    const said = (text: string, what: string): Reason => ({
      rule: `policy.${what}`,
      key: `rule:${id}`,
      text: `Rule "${name}": ${text}`,
    });
    if (actions.drop) {
      verdict.drop = said("not wanted, so it is only counted.", "drop");
      return;
    }
    if (actions.silence) {
      verdict.suppress = { by: `rule:${id}`, why: said("kept, but in no incident.", "silence") };
    }
    if (group && !verdict.group) this.group(rule, group, alert, verdict, said);
    const set: string[] = [];
    if (title && verdict.title === undefined) {
      const made = title(alert);
      if (made) verdict.title = made;
    }
    if (actions.severity && verdict.severity === undefined) {
      verdict.severity = actions.severity;
      set.push(`severity ${actions.severity}`);
    }
    if (actions.category && verdict.category === undefined) {
      verdict.category = actions.category;
      set.push(`category ${actions.category}`);
    }
    if (actions.assignee && verdict.assignee === undefined) {
      verdict.assignee = actions.assignee;
      set.push(`assigned to ${actions.assignee.name}`);
    }
    if (actions.runbook && verdict.runbook === undefined) {
      verdict.runbook = actions.runbook;
      set.push(`runbook ${actions.runbook}`);
    }
    if (set.length > 0) verdict.reasons.push(said(`${set.join(", ")}.`, "set"));
  }

  private group(
    { id, name, actions }: Rule,
    group: [Field, (alert: Subject) => string][],
    alert: Subject,
    verdict: Verdict,
    said: (text: string, what: string) => Reason,
  ): void {
    const parts: string[] = [];
    for (const [field, read] of group) {
      const value = read(alert);
      if (value === "") {
        this.watch.ungrouped(id);
        verdict.reasons.push({
          rule: "group.missing_field",
          key: `rule:${id}`,
          evidence: { field },
          text: `Could not group by rule "${name}": field ${field} is missing.`,
        });
        return;
      }
      parts.push(value);
    }
    const fields = group.map(([field]) => field).join(", ");
    verdict.group = {
      rule: id,
      parts,
      ...(actions.window_minutes !== undefined && { window_minutes: actions.window_minutes }),
      why: said(`groups by ${fields}.`, "group"),
    };
  }
}

const idOf = (source: string) => source.slice(source.indexOf(":") + 1);

function given({ category, severity }: Correction) {
  return { ...(category && { category }), ...(severity && { severity }) };
}

function correctedReason(correction: Correction, was: Subject): Reason | null {
  const { category, severity, signature, created_by } = correction;
  const set: string[] = [];
  if (category && category !== was.category) set.push(`category ${category} in place of ${was.category}`);
  if (severity && severity !== was.severity) set.push(`severity ${severity} in place of ${was.severity}`);
  if (set.length === 0) return null;
  return {
    rule: "classified.corrected",
    key: signature,
    text: `${created_by} said how ${signature} is to be treated: ${set.join(", ")}.`,
  };
}
