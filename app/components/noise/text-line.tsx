import { CATEGORIES } from "../../../core/category.ts";
import { cx } from "../../lib/cx.ts";
import { CONTROL } from "./condition-builder.tsx";
import { FIELD_NAMES, type Line, OP_NAMES } from "./draft.ts";

type Text = Extract<Line, { kind: "text" }>;

/** Field, comparison and what to compare with. */
export function TextLine({ line, n, onChange }: { line: Text; n: number; onChange(line: Line): void }) {
  const bare = line.op === "present" || line.op === "missing";
  const list = line.field === "category" ? `categories-${line.id}` : undefined;
  return (
    <>
      <select
        aria-label={`Condition ${n}: field`}
        className={cx(CONTROL, "flex-1 basis-28")}
        value={line.field}
        onChange={(event) => onChange({ ...line, field: event.target.value as Text["field"] })}
      >
        {FIELD_NAMES.map(([field, name]) => (
          <option key={field} value={field}>
            {name}
          </option>
        ))}
      </select>
      {line.field === "tag" && (
        <input
          aria-label={`Condition ${n}: name of the tag`}
          placeholder="site"
          className={cx(CONTROL, "w-24")}
          value={line.tag}
          onChange={(event) => onChange({ ...line, tag: event.target.value })}
        />
      )}
      <select
        aria-label={`Condition ${n}: comparison`}
        className={cx(CONTROL, "flex-1 basis-28")}
        value={line.op}
        onChange={(event) => onChange({ ...line, op: event.target.value as Text["op"] })}
      >
        {OP_NAMES.map(([op, name]) => (
          <option key={op} value={op}>
            {name}
          </option>
        ))}
      </select>
      {!bare && (
        <input
          aria-label={`Condition ${n}: value`}
          placeholder={line.op === "in" ? "db-01, db-02" : line.op === "matches" ? "^db-\\d+" : "db-"}
          list={list}
          className={cx(CONTROL, "min-w-0 flex-1 basis-64")}
          value={line.value}
          onChange={(event) => onChange({ ...line, value: event.target.value })}
        />
      )}
      {list && (
        <datalist id={list}>
          {CATEGORIES.map((category) => (
            <option key={category} value={category} />
          ))}
        </datalist>
      )}
    </>
  );
}
