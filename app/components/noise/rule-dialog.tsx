import { useState } from "react";
import { CATEGORIES } from "../../../core/alert.ts";
import type { RuleActions, RuleView } from "../../../core/policy/rule.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { ConditionBuilder } from "./condition-builder.tsx";
import { conditionOf, draftOf, textLine } from "./draft.ts";
import { MatchPreview } from "./match-preview.tsx";
import { metaOf, SaveForm } from "./save-form.tsx";

interface RuleDialogProps {
  rule: RuleView | null;
  companyId: string;
  zone: string;
  onClose(): void;
}

type What = "change" | "silence" | "drop";

/** What is typed of a rule's actions, all as text. */
interface Typed {
  what: What;
  group_by: string;
  window_minutes: string;
  title: string;
  severity: string;
  category: string;
  runbook: string;
}

function typedOf(actions: RuleActions | undefined): Typed {
  return {
    what: actions?.drop ? "drop" : actions?.silence ? "silence" : "change",
    group_by: actions?.group_by?.join(", ") ?? "",
    window_minutes: actions?.window_minutes === undefined ? "" : String(actions.window_minutes),
    title: actions?.title ?? "",
    severity: actions?.severity ?? "",
    category: actions?.category ?? "",
    runbook: actions?.runbook ?? "",
  };
}

function actionsOf(typed: Typed, kept: RuleActions | undefined): object {
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
    ...(kept?.assignee && { assignee: kept.assignee }),
  };
}

/** A rule, new or changed, with what it would have fitted. */
export default function RuleDialog({ rule, companyId, zone, onClose }: RuleDialogProps) {
  const [name, setName] = useState(rule?.name ?? "");
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const [stop, setStop] = useState(rule?.stop ?? false);
  const [draft, setDraft] = useState(() =>
    rule ? draftOf(rule.when) : { mode: "all" as const, lines: [textLine()], json: "" },
  );
  const [typed, setTyped] = useState(() => typedOf(rule?.actions));
  const condition = conditionOf(draft);
  const actions = actionsOf(typed, rule?.actions);
  const made = "when" in condition ? { name, enabled, stop, when: condition.when, actions } : null;
  const set = (key: keyof Typed) => (event: { target: { value: string } }) =>
    setTyped((old) => ({ ...old, [key]: event.target.value }));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      place="side"
      title={rule ? "Change a rule" : "Add a rule"}
    >
      <SaveForm
        intent={rule ? "rule-save" : "rule-add"}
        id={rule?.id}
        done={rule ? "Rule saved" : "Rule added"}
        submit={rule ? "Save the rule" : "Add the rule"}
        made={made}
        onDone={onClose}
      >
        {(errors) => (
          <>
            <TextField
              meta={metaOf("name", errors)}
              label="Name"
              placeholder="Disks of the lab"
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <ConditionBuilder draft={draft} onChange={setDraft} errors={errors} zone={zone} />
            {"problem" in condition && <p className="text-xs text-danger">{condition.problem}</p>}
            <MatchPreview
              path={`/api/companies/${companyId}/rules/preview`}
              body={"when" in condition ? { when: condition.when } : null}
            />
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
              </div>
            )}
            <Check checked={stop} onChange={setStop} label="Ask no rule after this one" />
            <Check checked={enabled} onChange={setEnabled} label="In force" />
          </>
        )}
      </SaveForm>
    </Dialog>
  );
}

/** A field's own error, or that of one of its entries. */
function firstUnder(errors: Record<string, unknown>, path: string): string {
  return Object.keys(errors).find((name) => name === path || name.startsWith(`${path}.`)) ?? path;
}

export function Check(props: { checked: boolean; onChange(on: boolean): void; label: string }) {
  return (
    <label className="flex items-center gap-2.5 text-sm">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-3.5 accent-accent-solid"
      />
      {props.label}
    </label>
  );
}
