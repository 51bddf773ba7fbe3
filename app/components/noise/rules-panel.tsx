import { ListFilter } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { RuleView } from "../../../core/policy/rule.ts";
import { plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";
import type { RuleSaving } from "./rule-dialog.tsx";
import { MoveIcon, RuleFate, RuleRow } from "./rule-row.tsx";
import { moved } from "./rule-words.ts";

const RuleDialog = lazy(() => import("./rule-dialog.tsx"));

const ADDS: RuleSaving = {
  intent: "rule-add",
  title: "Add a rule",
  submit: "Add the rule",
  done: "Rule added",
};
const changes = (id: string): RuleSaving => ({
  intent: "rule-save",
  id,
  title: "Change a rule",
  submit: "Save the rule",
  done: "Rule saved",
});

interface RulesProps {
  rules: RuleView[];
  /** Whose rules the page changes; the others' are shown. */
  scope: RuleView["scope"];
  /** Whether the viewer may change them. */
  writable: boolean;
  /** Those the rules are for. */
  companies: readonly { id: string; name: string }[];
  zone: string;
  /** What an empty list says. */
  none: string;
  /** How a rule fares, where the list itself does not know. */
  fate?(rule: RuleView): ReactNode;
}

/** Rules in the order in which they are tried. */
export function RulesPanel({ rules, scope, writable, companies, zone, none, fate }: RulesProps) {
  const [editing, setEditing] = useState<RuleView | "new" | null>(null);
  const add = writable && (
    <Button size="sm" look="primary" onClick={() => setEditing("new")}>
      Add a rule
    </Button>
  );
  const own = rules.filter((rule) => rule.scope === scope).map(({ id }) => id);
  return (
    <Panel title="Rules" aside={rules.length > 0 && add} flush>
      {rules.length === 0 ? (
        <Empty icon={ListFilter} title="No rules yet" action={add || undefined}>
          {none}
        </Empty>
      ) : (
        <ol className="divide-y">
          {rules.map((rule) => {
            const mine = rule.scope === scope && writable;
            return (
              <RuleRow
                key={rule.id}
                rule={rule}
                before={mine && <MoveButtons rule={rule} own={own} />}
                chips={
                  <>
                    {rule.scope !== scope && <Chip tone="accent">all companies</Chip>}
                    {rule.errors > 0 && <Chip tone="warn">{plural(rule.errors, "error")}</Chip>}
                  </>
                }
                below={fate ? fate(rule) : <RuleFate rule={rule} />}
                after={mine && <RuleButtons rule={rule} onEdit={() => setEditing(rule)} />}
              />
            );
          })}
        </ol>
      )}
      {editing && (
        <Suspense fallback={null}>
          <RuleDialog
            rule={editing === "new" ? null : editing}
            companies={companies}
            zone={zone}
            saving={editing === "new" ? ADDS : changes(editing.id)}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </Panel>
  );
}

function MoveButtons({ rule: { id, name }, own }: { rule: RuleView; own: string[] }) {
  const at = own.indexOf(id);
  return (["up", "down"] as const).map((way) => (
    <CommandButton
      key={way}
      intent="rule-order"
      fields={{ ids: moved(own, at, way === "up" ? -1 : 1).join(",") }}
      done={`${name} moved ${way}`}
      size="icon"
      aria-label={`Move ${name} ${way}`}
      disabled={way === "up" ? at === 0 : at === own.length - 1}
    >
      <MoveIcon way={way} />
    </CommandButton>
  ));
}

function RuleButtons({ rule: { id, name, enabled }, onEdit }: { rule: RuleView; onEdit(): void }) {
  return (
    <>
      <CommandButton
        intent="rule-switch"
        fields={{ id, enabled: String(!enabled) }}
        done={enabled ? "Rule switched off" : "Rule in force"}
        aria-label={`Switch ${enabled ? "off" : "on"} ${name}`}
      >
        {enabled ? "Switch off" : "Switch on"}
      </CommandButton>
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
    </>
  );
}
