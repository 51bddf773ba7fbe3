import { cut } from "../adapters/adapter.ts";
import { compileRegex } from "../linear-regex.ts";
import { cutText, isEmpty, textOf } from "./values.ts";
import type { Work } from "./work.ts";

export type Argument = string | number;
type Step = (value: unknown, work: Work) => unknown;

interface Signature {
  /** As people are shown it. */
  usage: string;
  says: string;
  /** What each argument is; a `?` behind it: may be left out. */
  takes: ("text" | "number" | "text?" | "number?")[];
  make(args: Argument[]): Step | { wrong: string };
}

const onText =
  (change: (text: string, work: Work) => unknown): Step =>
  (value, work) => {
    if (isEmpty(value)) return value;
    const text = textOf(value, work);
    work.spend(1 + text.length / 64);
    return change(text, work);
  };

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : isEmpty(value) ? [] : [value]);
const words = (arg: Argument | undefined, otherwise = ""): string =>
  arg === undefined ? otherwise : String(arg);

function numeric(change: (n: number) => number): Step {
  return (value, work) => {
    const text = textOf(value, work).trim().replace(/\s*%$/, "");
    const n = text === "" ? Number.NaN : Number(text);
    return Number.isFinite(n) ? change(n) : undefined;
  };
}

const rounded = (n: number, digits: number) =>
  Number(n.toFixed(Math.min(10, Math.max(0, Math.trunc(digits)))));

/** Long repetitions are long programs, whatever the pattern's length. */
const costOf = (pattern: string) => (/\{\d/.test(pattern) ? 500 : Math.max(4, pattern.length));

function extract(pattern: string, group: Argument | undefined): Step | { wrong: string } {
  const compiled = compileRegex(pattern);
  if (!compiled.ok) return { wrong: compiled.error.detail };
  const cost = costOf(pattern);
  return onText((text, work) => {
    work.spend(Math.min(text.length, 4096) * cost);
    const found = compiled.value.match(text);
    if (!found) return undefined;
    const wanted = typeof group === "number" ? group : found.length > 1 ? 1 : 0;
    return found[wanted] ?? undefined;
  });
}

/** Everything that may stand behind a `|`. None has a clock, none keeps anything. */
export const FUNCTIONS: Record<string, Signature> = {
  lower: { usage: "lower", says: "small letters", takes: [], make: () => onText((t) => t.toLowerCase()) },
  upper: { usage: "upper", says: "capital letters", takes: [], make: () => onText((t) => t.toUpperCase()) },
  trim: { usage: "trim", says: "without space around it", takes: [], make: () => onText((t) => t.trim()) },
  default: {
    usage: 'default("unknown")',
    says: "this, where there is nothing",
    takes: ["text"],
    make: ([otherwise]) => {
      return (value) => (isEmpty(value) ? words(otherwise) : value);
    },
  },
  replace: {
    usage: 'replace("_", " ")',
    says: "one text in place of another, everywhere",
    takes: ["text", "text?"],
    make: ([from, to]) =>
      words(from) === ""
        ? { wrong: "replace needs the text to look for" }
        : onText((t) => cutText(cutText(t).replaceAll(words(from), () => words(to)))),
  },
  regex: {
    usage: 'regex("host=(\\S+)")',
    says: "the first group of a pattern, or all that it finds; a second argument names another group",
    takes: ["text", "number?"],
    make: ([pattern, group]) => extract(words(pattern), group),
  },
  split: {
    usage: 'split(".", 0)',
    says: "parts between a text; with a number that part alone, -1 the last",
    takes: ["text", "number?"],
    make: ([by, n]) =>
      words(by) === ""
        ? { wrong: "split needs the text to split by" }
        : onText((t) => {
            const parts = cutText(t).split(words(by), 1000);
            return typeof n === "number" ? parts.at(n) : parts;
          }),
  },
  nth: {
    usage: "nth(1)",
    says: "one of a list, counted from 0",
    takes: ["number"],
    make:
      ([n]) =>
      (value: unknown) =>
        listOf(value).at(Number(n)),
  },
  first: { usage: "first", says: "the first of a list", takes: [], make: () => (v) => listOf(v)[0] },
  last: { usage: "last", says: "the last of a list", takes: [], make: () => (v) => listOf(v).at(-1) },
  join: {
    usage: 'join(", ")',
    says: "a list as one text",
    takes: ["text?"],
    make:
      ([by]) =>
      (value: unknown, work: Work) =>
        cutText(
          listOf(value)
            .map((item) => textOf(item, work))
            .join(words(by, ", ")),
        ),
  },
  count: { usage: "count", says: "how many a list holds", takes: [], make: () => (v) => listOf(v).length },
  scale: {
    usage: "scale(0.001)",
    says: "a number times another",
    takes: ["number"],
    make: ([by]) => numeric((n) => rounded(n * Number(by), 10)),
  },
  round: {
    usage: "round(1)",
    says: "a number with so many digits behind the point",
    takes: ["number?"],
    make: ([digits]) => numeric((n) => rounded(n, Number(digits ?? 0))),
  },
  cut: {
    usage: "cut(80)",
    says: "at most so many characters",
    takes: ["number"],
    make: ([n]) => onText((t) => cut(t, Math.max(0, Math.trunc(Number(n))))),
  },
};
