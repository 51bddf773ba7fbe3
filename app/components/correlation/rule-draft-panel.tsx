import { lazy, Suspense, useState } from "react";
import type { RuleInput, RuleView } from "../../../core/policy/rule.ts";
import { useCompany } from "../../lib/company-context.ts";
import { plural } from "../../lib/format.ts";
import type { RuleSaving } from "../noise/rule-dialog.tsx";
import { MoveArrow, RuleRow } from "../noise/rule-row.tsx";
import { Button } from "../ui/button.tsx";
import { asAsked, type DraftRule, draftFrom, moveRule, putRule } from "./rule-draft.ts";

const RuleDialog = lazy(() => import("../noise/rule-dialog.tsx"));

const saving = (isNew: boolean): RuleSaving => ({
  intent: "rule-draft",
  title: isNew ? "A rule to try" : "Change a rule to try",
  submit: isNew ? "Add to the draft" : "Change in the draft",
  done: "In the draft. Try it to see what it does",
});

/** Other rules to try with the settings: as they are, or a draft of them that is nobody's yet. */
export function RuleDraft({ rules }: { rules: readonly RuleView[] }) {
  const { id, name, time_zone } = useCompany();
  const [draft, setDraft] = useState<DraftRule[] | null>(null);
  const [editing, setEditing] = useState<DraftRule | "new" | null>(null);
  const [made, setMade] = useState(0);
  const own = rules.filter(({ scope }) => scope === "company").length;
  const shared = rules.length - own;

  function put(rule: RuleInput) {
    const key = editing === "new" || !editing ? `draft-${made}` : editing.key;
    setMade((n) => n + 1);
    setDraft((now) => putRule(now ?? [], key, rule));
  }

  if (!draft)
    return (
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <p className="min-w-0 flex-1 basis-60 text-soft">
          {own === 0
            ? "The company has no rules of its own."
            : `With its ${plural(own, "rule")} as they are.`}
        </p>
        <Button size="sm" onClick={() => setDraft(draftFrom(rules))}>
          Try other rules
        </Button>
      </div>
    );
  return (
    <section aria-label="Rules to try" className="rounded-md border">
      <input type="hidden" name="rules" form="correlation" value={asAsked(draft)} />
      <header className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
        <h3 className="text-sm font-medium">Rules to try</h3>
        <span className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setDraft(null)}>
            Back to those in force
          </Button>
          <Button size="sm" look="primary" onClick={() => setEditing("new")}>
            Add a rule to try
          </Button>
        </span>
      </header>
      {draft.length === 0 ? (
        <p className="px-4 py-3 text-sm text-soft">No rule: add one, or try the company without any.</p>
      ) : (
        <ol className="divide-y">
          {draft.map((rule, at) => (
            <RuleRow
              key={rule.key}
              rule={rule}
              before={(["up", "down"] as const).map((way) => (
                <MoveArrow
                  key={way}
                  name={rule.name}
                  way={way}
                  disabled={way === "up" ? at === 0 : at === draft.length - 1}
                  onClick={() => setDraft(moveRule(draft, at, way === "up" ? -1 : 1))}
                />
              ))}
              after={
                <>
                  <Button
                    size="sm"
                    aria-label={`Switch ${rule.enabled ? "off" : "on"} ${rule.name}`}
                    onClick={() => setDraft(putRule(draft, rule.key, { ...rule, enabled: !rule.enabled }))}
                  >
                    {rule.enabled ? "Switch off" : "Switch on"}
                  </Button>
                  <Button size="sm" aria-label={`Change ${rule.name}`} onClick={() => setEditing(rule)}>
                    Change
                  </Button>
                  <Button
                    size="sm"
                    aria-label={`Leave out ${rule.name}`}
                    onClick={() => setDraft(draft.filter(({ key }) => key !== rule.key))}
                  >
                    Leave out
                  </Button>
                </>
              }
            />
          ))}
        </ol>
      )}
      <p className="border-t px-4 py-2 text-xs text-faint">
        Nothing here is saved; what does well is made a rule under Noise.
        {shared > 0 &&
          ` ${plural(shared, "rule")} for all companies ${shared === 1 ? "comes" : "come"} after these.`}
      </p>
      {editing && (
        <Suspense fallback={null}>
          <RuleDialog
            rule={editing === "new" ? null : editing}
            companies={[{ id, name }]}
            zone={time_zone}
            saving={saving(editing === "new")}
            onSaved={(value) => put(value as RuleInput)}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
