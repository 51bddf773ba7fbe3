import { CATEGORIES } from "../../../core/category.ts";
import type { RuleActions } from "../../../core/policy/rule.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { type Assignee, AssigneeField } from "./assignee-field.tsx";
import { metaOf } from "./save-form.tsx";

type What = "change" | "silence" | "drop";

/** What is typed of a rule's actions. */
export interface Typed {
  what: What;
  group_by: string;
  window_minutes: string;
  title: string;
  severity: string;
  category: string;
  runbook: string;
  assignee: Assignee | null;
}

export function typedOf(actions: RuleActions | undefined): Typed {
  return {
    what: actions?.drop ? "drop" : actions?.silence ? "silence" : "change",
    group_by: actions?.group_by?.join(", ") ?? "",
    window_minutes: actions?.window_minutes === undefined ? "" : String(actions.window_minutes),
    title: actions?.title ?? "",
    severity: actions?.severity ?? "",
    category: actions?.category ?? "",
    runbook: actions?.runbook ?? "",
    assignee: actions?.assignee ?? null,
  };
}

export function actionsOf(typed: Typed): object {
  if (typed.what === "drop") return { drop: true };
  const fields = typed.group_by.split(",").map((name) => name.trim());
  const group_by = fields.filter(Boolean);
  return {
    ...(typed.what === "silence" && { silence: true }),
    ...(group_by.length > 0 && { group_by }),
    ...(typed.window_minutes && { window_minutes: Number(typed.window_minutes) }),
    ...(typed.title && { title: typed.title }),
    ...(typed.severity && { severity: typed.severity }),
    ...(typed.category && { category: typed.category }),
    ...(typed.runbook && { runbook: typed.runbook }),
    ...(typed.assignee && { assignee: typed.assignee }),
  };
}

interface FieldsProps {
  typed: Typed;
  onChange(typed: Typed): void;
  /** Those the rule is for. */
  companyIds: readonly string[];
  /** The API's field errors: path -> what is wrong. */
  errors: Record<string, unknown>;
}

/** What a rule does to the alerts it fits. */
export function ActionFields({ typed, onChange, companyIds, errors }: FieldsProps) {
  const set = (key: Exclude<keyof Typed, "assignee">) => (event: { target: { value: string } }) =>
    onChange({ ...typed, [key]: event.target.value });
  return (
    <>
      <SelectField
        meta={metaOf("what", errors, "actions")}
        label="What happens to them"
        value={typed.what}
        onChange={set("what")}
      >
        <option value="change">Group or change them</option>
        <option value="silence">Keep them silent: shown, in no incident</option>
        <option value="drop">Drop them: only counted</option>
      </SelectField>
      {typed.what !== "drop" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            meta={metaOf("group_by", errors, firstUnder(errors, "actions.group_by"))}
            label="Group by fields"
            hint="Separated by commas: tags.site, signature. Empty: as the company does."
            placeholder="tags.site"
            value={typed.group_by}
            onChange={set("group_by")}
          />
          <TextField
            meta={metaOf("window_minutes", errors, "actions.window_minutes")}
            label="Own window, minutes"
            inputMode="decimal"
            value={typed.window_minutes}
            onChange={set("window_minutes")}
          />
          <TextField
            meta={metaOf("title", errors, "actions.title")}
            label="Title of the incident"
            hint="{asset}, {signature} and {tags.site} are filled in."
            value={typed.title}
            onChange={set("title")}
          />
          <TextField
            meta={metaOf("runbook", errors, "actions.runbook")}
            label="Runbook"
            value={typed.runbook}
            onChange={set("runbook")}
          />
          <SelectField
            meta={metaOf("severity", errors, "actions.severity")}
            label="Severity"
            value={typed.severity}
            onChange={set("severity")}
          >
            <option value="">As sent</option>
            {SEVERITIES.map((severity) => (
              <option key={severity}>{severity}</option>
            ))}
          </SelectField>
          <SelectField
            meta={metaOf("category", errors, "actions.category")}
            label="Category"
            value={typed.category}
            onChange={set("category")}
          >
            <option value="">As found</option>
            {CATEGORIES.map((category) => (
              <option key={category}>{category}</option>
            ))}
          </SelectField>
          <AssigneeField
            meta={metaOf("assignee", errors, firstUnder(errors, "actions.assignee"))}
            companyIds={companyIds}
            value={typed.assignee}
            onChange={(assignee) => onChange({ ...typed, assignee })}
          />
        </div>
      )}
    </>
  );
}

/** A field's own error, or that of one of its entries. */
function firstUnder(errors: Record<string, unknown>, path: string): string {
  return Object.keys(errors).find((name) => name === path || name.startsWith(`${path}.`)) ?? path;
}
