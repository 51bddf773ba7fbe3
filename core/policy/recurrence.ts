import { RRuleTemporal } from "rrule-temporal";
import { fail, ok, type Result } from "../errors.ts";
import { instantOf, wallOf } from "./wall-clock.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
/** A zone is at most this far from UTC, and a day may be left out once (Apia, 2011). */
const SLACK = 2 * DAY;

/** When something takes place: wall clock in a zone, once or by an RRULE. */
export interface Recurrence {
  /** `2026-03-08T02:30`, as clocks in the zone show it. */
  starts_at: string;
  zone: string;
  duration_minutes: number;
  /** RFC 5545, without DTSTART; null: once. */
  rrule: string | null;
}

/** Epoch ms; `end` is the first instant that is out of it. */
export interface Occurrence {
  start: number;
  end: number;
}

/** The occurrences that end after an instant, the earliest first, at most `max`. */
export type Occurrences = (after: number, max: number) => Occurrence[];

const PARTS: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^([1-9]\d?|[1-3]\d\d|400)$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: /^([+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU))(,[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)){0,20}$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01])){0,61}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}$/,
  BYSETPOS: /^-?[1-9]\d?(,-?[1-9]\d?){0,9}$/,
  WKST: /^(MO|SU)$/,
};

const wrong = (detail: string) => fail("validation_failed", detail, { fields: { rrule: detail } });

/** The parts of a rule that are understood: days and longer, since a window has a duration of its own. */
function checked(rrule: string): Result<string> {
  const parts = rrule
    .replace(/^RRULE:/i, "")
    .toUpperCase()
    .split(";")
    .filter(Boolean);
  const seen = new Set<string>();
  for (const part of parts) {
    const [name = "", value = ""] = part.split("=");
    const allowed = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (!allowed) return wrong(`${name || "This"} is not a part of a repetition that is understood.`);
    if (!allowed.test(value)) return wrong(`${value || "Nothing"} cannot be the ${name} of a repetition.`);
    if (seen.has(name)) return wrong(`${name} stands there twice.`);
    seen.add(name);
  }
  if (!seen.has("FREQ")) return wrong("Say how often: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.");
  if (seen.has("COUNT") && seen.has("UNTIL")) return wrong("COUNT and UNTIL exclude each other.");
  const floating = parts.map((part) => {
    const until = /^UNTIL=(\d{8})(T\d{6})?Z?$/.exec(part);
    return until ? `UNTIL=${until[1]}${until[2] ?? "T235959"}Z` : part;
  });
  return ok(floating.join(";"));
}

/** Epoch ms of a wall clock read as UTC, NaN for what is none. */
export function parseWall(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
}

const compact = (wall: number) => new Date(wall).toISOString().replace(/[-:]|\.\d+/g, "");

/** Compiles a recurrence; errors name `starts_at`, `zone` or `rrule`. The rule is expanded over calendar time. */
export function compileRecurrence(of: Recurrence): Result<Occurrences> {
  const first = parseWall(of.starts_at);
  if (Number.isNaN(first))
    return fail("validation_failed", "The start is no date and time.", {
      fields: { starts_at: "write it as 2026-03-08T02:30" },
    });
  const length = of.duration_minutes * MINUTE;
  const at = (wall: number): Occurrence => {
    const start = instantOf(wall, of.zone);
    return { start, end: start + length };
  };
  if (of.rrule === null) {
    return ok((after) => {
      const once = at(first);
      return once.end > after ? [once] : [];
    });
  }
  const rule = checked(of.rrule);
  if (!rule.ok) return rule;
  let expanded: RRuleTemporal;
  try {
    expanded = new RRuleTemporal({ rruleString: `DTSTART:${compact(first)}\nRRULE:${rule.value}` });
    if (!expanded.next(new Date(first - 1))) return wrong("This repetition never takes place.");
  } catch {
    return wrong("This repetition never takes place, or cannot be understood.");
  }
  return ok((after, max) => {
    const found: Occurrence[] = [];
    let wall = wallOf(after - length, of.zone) - SLACK;
    while (found.length < max) {
      const next = expanded.next(new Date(wall))?.epochMilliseconds;
      if (next === undefined) break;
      wall = next;
      const occurrence = at(next);
      if (occurrence.end > after) found.push(occurrence);
    }
    return found;
  });
}
