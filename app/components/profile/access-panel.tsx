import { ROLE_NOTE, ROLE_WORD } from "../../lib/role-words.ts";
import { useCompanyName, useConsole, useViewer } from "../../lib/use-console.ts";
import { Panel } from "../ui/panel.tsx";

/** What one is here and where; others decide on it. */
export function AccessPanel() {
  const { me, companiesKnown } = useConsole();
  const { role } = useViewer();
  const nameOf = useCompanyName();
  const names = me.companies === "all" ? ["All companies"] : me.companies.map(nameOf);
  return (
    <Panel title="Role">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <dt className="text-faint">Role</dt>
        <dd>
          {ROLE_WORD[role]}
          <span className="block text-xs text-faint">{ROLE_NOTE[role]}</span>
        </dd>
        <dt className="text-faint">At</dt>
        <dd>{me.msp.name}</dd>
        {(companiesKnown || me.companies === "all") && (
          <>
            <dt className="text-faint">Companies</dt>
            <dd>{names.length > 0 ? names.join(", ") : "None yet"}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
