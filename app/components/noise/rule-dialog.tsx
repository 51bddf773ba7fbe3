import { useState } from "react";
import type { RuleInput } from "../../../core/policy/rule.ts";
import { cx } from "../../lib/cx.ts";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { CONTROL, ConditionBuilder } from "./condition-builder.tsx";
import { conditionOf, draftOf, textLine } from "./draft.ts";
import { MatchPreview } from "./match-preview.tsx";
import { ActionFields, actionsOf, typedOf } from "./rule-actions.tsx";
import { metaOf, SaveForm } from "./save-form.tsx";

/** How the dialog's outcome is sent and told. */
export interface RuleSaving {
  intent: string;
  id?: string;
  title: string;
  submit: string;
  done: string;
}

interface RuleDialogProps {
  /** null: a new one. */
  rule: RuleInput | null;
  /** Those that the rule is for; what it would have fitted is shown of one of them. */
  companies: readonly { id: string; name: string }[];
  zone: string;
  saving: RuleSaving;
  /** Gets what the page's action answered; then it is closed. */
  onSaved?(value: unknown): void;
  onClose(): void;
}

/** A rule, new or changed, with what it would have fitted. */
export default function RuleDialog({ rule, companies, zone, saving, onSaved, onClose }: RuleDialogProps) {
  const [name, setName] = useState(rule?.name ?? "");
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const [stop, setStop] = useState(rule?.stop ?? false);
  const [draft, setDraft] = useState(() =>
    rule ? draftOf(rule.when) : { mode: "all" as const, lines: [textLine()], json: "" },
  );
  const [typed, setTyped] = useState(() => typedOf(rule?.actions));
  const [tried, setTried] = useState(companies[0]?.id ?? "");
  const condition = conditionOf(draft);
  const actions = actionsOf(typed);
  const made = "when" in condition ? { name, enabled, stop, when: condition.when, actions } : null;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} place="side" title={saving.title}>
      <SaveForm
        intent={saving.intent}
        id={saving.id}
        done={saving.done}
        submit={saving.submit}
        made={made}
        onDone={(value) => {
          onSaved?.(value);
          onClose();
        }}
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
            {companies.length > 1 && <TriedOn companies={companies} value={tried} onChange={setTried} />}
            {tried && (
              <MatchPreview
                path={`/api/companies/${tried}/rules/preview`}
                body={"when" in condition ? { when: condition.when } : null}
              />
            )}
            <ActionFields
              typed={typed}
              onChange={setTyped}
              companyIds={companies.map(({ id }) => id)}
              errors={errors}
            />
            <Check checked={stop} onChange={setStop} label="Ask no rule after this one" />
            <Check checked={enabled} onChange={setEnabled} label="In force" />
          </>
        )}
      </SaveForm>
    </Dialog>
  );
}

/** Whose alerts the preview looks at. */
function TriedOn(props: {
  companies: RuleDialogProps["companies"];
  value: string;
  onChange(id: string): void;
}) {
  return (
    <label className="block space-y-1 text-sm">
      <span className="block font-medium">Try it on the alerts of</span>
      <select
        className={cx(CONTROL, "w-full")}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.companies.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
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
