import type { Reason } from "../alert.ts";
import type { Test } from "./compile.ts";
import { compileCondition } from "./compile.ts";
import type { Subject } from "./fields.ts";
import type { MaintenanceWindow } from "./maintenance.ts";
import { compileRecurrence, type Occurrence, type Occurrences } from "./recurrence.ts";
import type { Silence } from "./silence.ts";

/** Something that holds new alerts back for a while, ready to be asked. */
export interface Hold {
  /** "silence:ID" or "maintenance:ID". */
  source: string;
  name: string;
  /** The times it holds, the earliest first that ends after an instant; at most `max`. */
  times: Occurrences;
  test: Test;
  why: (until: number) => Reason;
}

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** @throws where its condition cannot be compiled, which saving had ruled out */
export function silenceHold(silence: Silence): Hold {
  const test = compileCondition(silence.when);
  if (!test.ok) throw new Error(test.error.detail);
  const time: Occurrence = { start: silence.starts_at, end: silence.ends_at };
  return {
    source: `silence:${silence.id}`,
    name: silence.comment || "a silence",
    times: (after) => (time.end > after && time.start < time.end ? [time] : []),
    test: test.value,
    why: (until) => ({
      rule: "suppressed.silence",
      key: `silence:${silence.id}`,
      text: `Held back by a silence of ${silence.created_by} until ${iso(until)}${silence.comment ? `: ${silence.comment}` : ""}.`,
    }),
  };
}

const breaksThrough = (alert: Subject) => alert.category === "Security" && alert.severity === "critical";

/** @throws where it cannot be compiled, which saving had ruled out */
export function windowHold(window: MaintenanceWindow): Hold {
  const test = compileCondition(window.when);
  if (!test.ok) throw new Error(test.error.detail);
  const times = compileRecurrence(window);
  if (!times.ok) throw new Error(times.error.detail);
  const covers = test.value;
  return {
    source: `maintenance:${window.id}`,
    name: window.name,
    times: (after, max) => (window.enabled ? times.value(Math.max(after, window.not_before), max) : []),
    test: window.security_breaks_through
      ? (alert, now) => !breaksThrough(alert) && covers(alert, now)
      : covers,
    why: (until) => ({
      rule: "suppressed.maintenance",
      key: `maintenance:${window.id}`,
      text: `Held back by the maintenance window "${window.name}" until ${iso(until)}.`,
    }),
  };
}
