import { fail, ok, type Result } from "../errors.ts";
import { compileRegex } from "../linear-regex.ts";
import { severityRank } from "../severity.ts";
import type { Condition } from "./condition.ts";
import { reader, type Subject } from "./fields.ts";
import { wallClock } from "./wall-clock.ts";

/** Whether a condition holds for an alert at `now`, epoch ms. */
export type Test = (alert: Subject, now: number) => boolean;

/**
 * A condition as one function, made once per change of it. Errors name the path of the faulty part, below
 * `path`.
 */
export function compileCondition(condition: Condition | null, path = "when"): Result<Test> {
  if (!condition) return ok(() => true);
  const fields: Record<string, string> = {};
  const test = compile(condition, path, fields);
  if (Object.keys(fields).length === 0) return ok(test);
  return fail("validation_failed", "Some fields are not right; `fields` says which and why.", { fields });
}

const never: Test = () => false;

function compile(condition: Condition, path: string, wrong: Record<string, string>): Test {
  switch (condition.op) {
    case "all":
    case "any": {
      const tests = condition.of.map((one, i) => compile(one, `${path}.of.${i}`, wrong));
      return condition.op === "all"
        ? (alert, now) => tests.every((test) => test(alert, now))
        : (alert, now) => tests.some((test) => test(alert, now));
    }
    case "not": {
      const test = compile(condition.of, `${path}.of`, wrong);
      return (alert, now) => !test(alert, now);
    }
    case "severity_at_least": {
      const least = severityRank(condition.value);
      return (alert) => severityRank(alert.severity) >= least;
    }
    case "severity_at_most": {
      const most = severityRank(condition.value);
      return (alert) => severityRank(alert.severity) <= most;
    }
    case "time":
      return timeOfDay(condition);
    case "present":
    case "missing": {
      const read = reader(condition.field);
      const wanted = condition.op === "present";
      return (alert) => (read(alert) !== "") === wanted;
    }
    case "in": {
      const read = reader(condition.field);
      const values = new Set(condition.values.map((value) => value.toLowerCase()));
      return (alert) => values.has(read(alert).toLowerCase());
    }
    default:
      return textTest(condition, path, wrong);
  }
}

function textTest(
  { op, field, value }: Extract<Condition, { value: string; field: unknown }>,
  path: string,
  wrong: Record<string, string>,
): Test {
  const read = reader(field);
  if (op === "matches") {
    const regex = compileRegex(value);
    if (!regex.ok) {
      wrong[`${path}.value`] = regex.error.detail;
      return never;
    }
    const { test } = regex.value;
    return (alert) => test(read(alert));
  }
  const wanted = value.toLowerCase();
  if (op === "equals") return (alert) => read(alert).toLowerCase() === wanted;
  if (op === "contains") return (alert) => read(alert).toLowerCase().includes(wanted);
  if (op === "starts_with") return (alert) => read(alert).toLowerCase().startsWith(wanted);
  return (alert) => read(alert).toLowerCase().endsWith(wanted);
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** From inclusive, to exclusive; past midnight where `to` is not later, on the days on which it begins. */
function timeOfDay({ from, to, weekdays, zone }: Extract<Condition, { op: "time" }>): Test {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const days = weekdays && new Set(weekdays);
  const on = (day: number) => !days || days.has(day);
  return (_alert, now) => {
    const { minute, weekday } = wallClock(now, zone);
    if (begin < end) return minute >= begin && minute < end && on(weekday);
    if (minute >= begin) return on(weekday);
    return minute < end && on(weekday === 1 ? 7 : weekday - 1);
  };
}
