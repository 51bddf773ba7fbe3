import { ArrowDown, ArrowUp, ListFilter } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { RuleView } from "../../../core/policy/rule.ts";
import { plural } from "../../lib/format.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";
import { describe } from "./draft.ts";

const RuleDialog = lazy(() => import("./rule-dialog.tsx"));

interface RulesProps {
  rules: RuleView[];
  companyId: string;
  zone: string;
}

/** Rules in the order in which they are tried. */
export function RulesPanel({ rules, companyId, zone }: RulesProps) {
  const { may } = useViewer();
  const [editing, setEditing] = useState<RuleView | "new" | null>(null);
  const add = may("noise.rules") && (
    <Button size="sm" look="primary" onClick={() => setEditing("new")}>
      Add a rule
    </Button>
  );
  const own = rules.filter(({ scope }) => scope === "company").map(({ id }) => id);
  return (
    <Panel title="Rules" aside={rules.length > 0 && add} flush>
      {rules.length === 0 ? (
        <Empty icon={ListFilter} title="No rules yet" action={add || undefined}>
          A rule groups, renames, silences or drops alerts that fit its conditions, before the company's
          correlation settings are asked.
        </Empty>
      ) : (
        <ol className="divide-y">
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} own={own} onEdit={() => setEditing(rule)} />
          ))}
        </ol>
      )}
      {editing && (
        <Suspense fallback={null}>
          <RuleDialog
            rule={editing === "new" ? null : editing}
            companyId={companyId}
            zone={zone}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </Panel>
  );
}

/** The order after one rule changed places with its neighbour. */
function moved(ids: string[], id: string, by: -1 | 1): string {
  const next = [...ids];
  const at = next.indexOf(id);
  [next[at], next[at + by]] = [next[at + by] ?? id, next[at] ?? id];
  return next.join(",");
}

function RuleRow({ rule, own, onEdit }: { rule: RuleView; own: string[]; onEdit(): void }) {
  const { may } = useViewer();
  const { id, name, enabled, when, scope } = rule;
  const place = own.indexOf(id);
  const mine = scope === "company" && may("noise.rules");
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
      {mine && (
        <span className="flex gap-1">
          <MoveButton ids={moved(own, id, -1)} name={name} way="up" disabled={place === 0} />
          <MoveButton ids={moved(own, id, 1)} name={name} way="down" disabled={place === own.length - 1} />
        </span>
      )}
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="break-words">{name}</span>
          {!enabled && <Chip>off</Chip>}
          {scope === "msp" && <Chip tone="accent">all companies</Chip>}
          {rule.stop && <Chip>stops here</Chip>}
          {rule.errors > 0 && <Chip tone="warn">{plural(rule.errors, "error")}</Chip>}
        </p>
        <p className="break-words text-soft">
          {describe(when)}: {whatItDoes(rule)}
        </p>
        <p className="text-xs text-faint">
          {rule.matched === 0 ? "Has not fitted an alert yet" : `Fitted ${plural(rule.matched, "alert")}`}
          {rule.last_matched_at && (
            <>
              , last <Age at={rule.last_matched_at} ago />
            </>
          )}
          {rule.ungrouped > 0 &&
            `; ${plural(rule.ungrouped, "alert")} could not be grouped: a field is missing`}
        </p>
        {rule.last_error && (
          <p role="alert" className="break-words text-xs text-danger">
            {rule.last_error}
            {rule.last_error_at && (
              <>
                {" "}
                (<Age at={rule.last_error_at} ago />)
              </>
            )}
          </p>
        )}
      </div>
      {mine && (
        <span className="flex gap-2">
          <Button size="sm" onClick={onEdit} aria-label={`Change ${name}`}>
            Change
          </Button>
          <ConfirmButton
            intent="rule-delete"
            fields={{ id }}
            done="Rule deleted"
            title={`Delete ${name}?`}
            text="Alerts that come from now on are not judged by it. Open incidents stay as they are."
            verb="Delete"
            aria-label={`Delete ${name}`}
          >
            Delete
          </ConfirmButton>
        </span>
      )}
    </li>
  );
}

function MoveButton(props: { ids: string; name: string; way: "up" | "down"; disabled: boolean }) {
  const { ids, name, way, disabled } = props;
  const Icon = way === "up" ? ArrowUp : ArrowDown;
  return (
    <CommandButton
      intent="rule-order"
      fields={{ ids }}
      done={`${name} moved ${way}`}
      size="icon"
      aria-label={`Move ${name} ${way}`}
      disabled={disabled}
    >
      <Icon aria-hidden className="size-4" />
    </CommandButton>
  );
}

function whatItDoes({ actions }: RuleView): string {
  const { drop, silence, group_by, window_minutes, title, severity, category, assignee, runbook } = actions;
  const words: string[] = [];
  if (drop) words.push("drop");
  if (silence) words.push("keep silent");
  if (group_by) words.push(`group by ${group_by.join(", ")}`);
  if (window_minutes !== undefined) words.push(`within ${window_minutes} min`);
  if (title) words.push(`title "${title}"`);
  if (severity) words.push(`severity ${severity}`);
  if (category) words.push(`category ${category}`);
  if (assignee) words.push(`assign to ${assignee.name}`);
  if (runbook) words.push(`runbook ${runbook}`);
  return words.join(", ");
}
