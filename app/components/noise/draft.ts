import type { Condition } from "../../../core/policy/condition.ts";
import type { Field } from "../../../core/policy/fields.ts";
import type { Severity } from "../../../core/severity.ts";

export const FIELD_NAMES: [Field | "tag", string][] = [
  ["asset", "Asset"],
  ["signature", "Signature"],
  ["raw_signature", "Signature as sent"],
  ["message", "Message"],
  ["tool", "Tool"],
  ["category", "Category"],
  ["asset_id", "Asset id"],
  ["source_group", "Group at the source"],
  ["tag", "Tag"],
];
export const OP_NAMES = [
  ["equals", "is"],
  ["contains", "contains"],
  ["starts_with", "starts with"],
  ["ends_with", "ends with"],
  ["matches", "matches pattern"],
  ["in", "is one of"],
  ["present", "is given"],
  ["missing", "is missing"],
] as const;
type Op = (typeof OP_NAMES)[number][0];

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** One line of the builder. */
export type Line = { id: number; not: boolean } & (
  | { kind: "text"; field: Field | "tag"; tag: string; op: Op; value: string }
  | { kind: "severity"; op: "severity_at_least" | "severity_at_most"; value: Severity }
  | { kind: "time"; from: string; to: string; weekdays: number[]; zone: string }
);

/** A condition as the builder edits it: every alert, lines, or, where it nests deeper, its text. */
export interface Draft {
  mode: "every" | "all" | "any" | "json";
  lines: Line[];
  json: string;
}

let last = 0;
export const newId = () => ++last;

export const textLine = (more: Partial<Extract<Line, { kind: "text" }>> = {}): Line => ({
  id: newId(),
  not: false,
  kind: "text",
  field: "asset",
  tag: "",
  op: "contains",
  value: "",
  ...more,
});

function lineOf(condition: Condition, not = false): Line | null {
  const base = { id: newId(), not };
  switch (condition.op) {
    case "not":
      return not ? null : lineOf(condition.of, true);
    case "all":
    case "any":
      return null;
    case "severity_at_least":
    case "severity_at_most":
      return { ...base, kind: "severity", op: condition.op, value: condition.value };
    case "time": {
      const { from, to, weekdays = [], zone } = condition;
      return { ...base, kind: "time", from, to, weekdays, zone };
    }
    default: {
      if (condition.field === "severity") return null;
      const tag = condition.field.startsWith("tags.") ? condition.field.slice(5) : "";
      const value =
        "values" in condition ? condition.values.join(", ") : "value" in condition ? condition.value : "";
      return { ...base, kind: "text", field: tag ? "tag" : condition.field, tag, op: condition.op, value };
    }
  }
}

const asJson = (condition: Condition): Draft => ({
  mode: "json",
  lines: [],
  json: JSON.stringify(condition, null, 2),
});

export function draftOf(condition: Condition | null): Draft {
  if (!condition) return { mode: "every", lines: [], json: "" };
  const group = condition.op === "all" || condition.op === "any" ? condition : null;
  const lines = (group ? group.of : [condition]).map((one) => lineOf(one));
  if (lines.some((line) => line === null)) return asJson(condition);
  return { mode: group?.op ?? "all", lines: lines as Line[], json: "" };
}

function ofLine(line: Line): Condition {
  const made = bare(line);
  return line.not ? { op: "not", of: made } : made;
}

function bare(line: Line): Condition {
  if (line.kind === "severity") return { op: line.op, value: line.value };
  if (line.kind === "time") {
    const { from, to, weekdays, zone } = line;
    return { op: "time", from, to, zone, ...(weekdays.length > 0 && { weekdays }) };
  }
  const field = (line.field === "tag" ? `tags.${line.tag.trim()}` : line.field) as Field;
  if (line.op === "present" || line.op === "missing") return { op: line.op, field };
  if (line.op === "in") {
    const values = line.value
      .split(",")
      .map((value) => value.trim())
      .filter(Boolean);
    return { op: "in", field, values };
  }
  return { op: line.op, field, value: line.value };
}

/** The condition of a draft; `problem` where its text is no JSON. */
export function conditionOf(draft: Draft): { when: Condition | null } | { problem: string } {
  if (draft.mode === "every") return { when: null };
  if (draft.mode !== "json") return { when: { op: draft.mode, of: draft.lines.map(ofLine) } };
  try {
    return { when: JSON.parse(draft.json) as Condition };
  } catch {
    return { problem: "This is no JSON." };
  }
}

/** What is wrong with line `i`, out of the API's field errors. */
export function lineProblem(errors: Record<string, unknown>, i: number): string | null {
  for (const [path, text] of Object.entries(errors)) {
    if (path.startsWith(`when.of.${i}.`) || path === `when.of.${i}`)
      return Array.isArray(text) ? text.join(" ") : String(text);
  }
  return null;
}

const FIELD_WORDS = new Map<string, string>(FIELD_NAMES);
const OP_WORDS = new Map<string, string>(OP_NAMES);
const fieldWords = (field: string) =>
  field.startsWith("tags.") ? `tag ${field.slice(5)}` : (FIELD_WORDS.get(field) ?? field).toLowerCase();

/** A condition as a sentence part: "asset contains db- and severity at least high". */
export function describe(condition: Condition | null): string {
  if (!condition) return "every alert";
  switch (condition.op) {
    case "all":
    case "any":
      return condition.of
        .map((one) => ("of" in one && one.op !== "not" ? `(${describe(one)})` : describe(one)))
        .join(condition.op === "all" ? " and " : " or ");
    case "not":
      return `not (${describe(condition.of)})`;
    case "severity_at_least":
      return `severity at least ${condition.value}`;
    case "severity_at_most":
      return `severity at most ${condition.value}`;
    case "time": {
      const days = condition.weekdays?.map((day) => WEEKDAYS[day - 1]).join(", ");
      return `between ${condition.from} and ${condition.to}${days ? ` on ${days}` : ""} (${condition.zone})`;
    }
    case "present":
    case "missing":
      return `${fieldWords(condition.field)} ${OP_WORDS.get(condition.op)}`;
    case "in":
      return `${fieldWords(condition.field)} is one of ${condition.values.join(", ")}`;
    default:
      return `${fieldWords(condition.field)} ${OP_WORDS.get(condition.op)} ${condition.value}`;
  }
}
