import { Link } from "@remix-run/react";
import type { RuleView } from "../../../core/policy/rule.ts";
import { plural } from "../../lib/format.ts";
import { useConsole, useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Panel } from "../ui/panel.tsx";
import { RuleError } from "./rule-row.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import { type CompanyFates, useRuleFates } from "./use-rule-fates.ts";

const newest = (times: (string | null)[]) =>
  times.reduce((a, b) => (a !== null && (b === null || a > b) ? a : b), null);

/** What the companies asked so far say of one rule. */
function Fate({ id, asked }: { id: string; asked: readonly CompanyFates[] }) {
  const found = asked.flatMap(({ company_name, rules }) =>
    (rules ?? []).filter(({ rule_id }) => rule_id === id).map((fate) => ({ company_name, ...fate })),
  );
  const matched = found.reduce((sum, fate) => sum + fate.matched, 0);
  const touched = found.filter((fate) => fate.matched > 0);
  const last = newest(found.map(({ last_matched_at }) => last_matched_at));
  if (asked.length === 0) return null;
  return (
    <>
      <p className="text-xs text-faint">
        {matched === 0
          ? "Has not fitted an alert yet"
          : `Fitted ${plural(matched, "alert")} in ${plural(touched.length, "company", "companies")}`}
        {last && (
          <>
            , last <Age at={last} ago />
          </>
        )}
      </p>
      {found
        .filter(({ last_error }) => last_error)
        .map(({ company_name, last_error, last_error_at }) => (
          <RuleError key={company_name} text={`${company_name}: ${last_error}`} at={last_error_at} />
        ))}
    </>
  );
}

function CompanyRow({ fates: { company_id, company_name, behind, rules } }: { fates: CompanyFates }) {
  const matched = (rules ?? []).reduce((sum, fate) => sum + fate.matched, 0);
  const errors = (rules ?? []).reduce((sum, fate) => sum + fate.errors, 0);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
      <Link to={`/companies/${company_id}/noise`} className="min-w-0 break-words font-medium hover:underline">
        {company_name}
      </Link>
      {behind && <Chip>takes the newest soon</Chip>}
      {errors > 0 && <Chip tone="warn">{plural(errors, "error")}</Chip>}
      <span className="ml-auto text-xs text-faint">
        {rules ? `${plural(matched, "alert")} fitted` : "Did not answer"}
      </span>
    </li>
  );
}

/** Rules for all companies, and how they fare in each of them. */
export function MspRules({ rules }: { rules: RuleView[] }) {
  const { me, companies } = useConsole();
  const { may } = useViewer();
  const { items, state, more, retry } = useRuleFates(rules);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <RulesPanel
        rules={rules}
        scope="msp"
        writable={may("msp.settings")}
        companies={companies}
        zone={me.user.time_zone}
        none="A rule made here judges the alerts of every company, after the company's own rules."
        fate={({ id }) => <Fate id={id} asked={items} />}
      />
      {rules.length > 0 && (
        <Panel title="Where they fit" flush>
          <ul className="divide-y">
            {items.map((fates) => (
              <CompanyRow key={fates.company_id} fates={fates} />
            ))}
          </ul>
          {state === "reading" && <p className="px-4 py-3 text-sm text-soft">Asking the companies.</p>}
          {state === "done" && items.length === 0 && (
            <p className="px-4 py-3 text-sm text-soft">
              There is no company yet. Add one, and they apply to it.
            </p>
          )}
          {state === "done" && more && (
            <div className="border-t px-4 py-3">
              <Button size="sm" onClick={more}>
                Ask more companies
              </Button>
            </div>
          )}
          {state !== "reading" && state !== "done" && (
            <p role="alert" className="flex items-center gap-3 px-4 py-3 text-sm text-soft">
              {state}
              <Button size="sm" onClick={retry}>
                Try again
              </Button>
            </p>
          )}
        </Panel>
      )}
    </div>
  );
}
