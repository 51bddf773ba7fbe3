import { Check, Minus } from "lucide-react";
import { ROLES } from "../../../core/actor.ts";
import { ACTIONS, type Action, PERMISSIONS, roleMay } from "../../../core/permissions.ts";
import { ROLE_WORD } from "../../lib/role-words.ts";

const GROUPS: [prefixes: string[], title: string][] = [
  [["own"], "Their own account"],
  [["msp", "people", "audit"], "The MSP"],
  [["company", "brand", "assets", "asset"], "Companies and assets"],
  [["incidents", "alerts", "kpis", "live"], "Incidents and alerts"],
  [["portal"], "The client portal"],
];
const SCOPE = { own: "their own", company: "in their companies", msp: "in the whole MSP" } as const;

/** Every action in its group; one that no group names yet still gets its row. */
function grouped(): { title: string; actions: Action[] }[] {
  const left = new Set(ACTIONS);
  const groups = GROUPS.map(([prefixes, title]) => {
    const actions = ACTIONS.filter((action) => prefixes.includes(action.split(".")[0] ?? ""));
    for (const action of actions) left.delete(action);
    return { title, actions };
  });
  return [...groups, { title: "More", actions: [...left] }].filter(({ actions }) => actions.length > 0);
}

/** Who may do what, from the very table that the API decides by. */
export function PermissionTable() {
  return (
    <div className="relative">
      <table className="w-full text-sm">
        <caption className="sr-only">What each role may do</caption>
        <thead className="text-xs text-faint">
          <tr className="border-b">
            <th scope="col" className="w-full px-4 py-2 text-left font-normal">
              May
            </th>
            {ROLES.map((role) => (
              <th
                key={role}
                scope="col"
                className="px-1 py-2 text-center align-bottom font-normal sm:min-w-24 sm:px-2"
              >
                <span className="max-sm:inline-block max-sm:rotate-180 max-sm:[writing-mode:vertical-rl]">
                  {ROLE_WORD[role]}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {grouped().map(({ title, actions }) => (
          <tbody key={title} className="divide-y border-b last:border-b-0">
            <tr>
              <th
                scope="rowgroup"
                colSpan={ROLES.length + 1}
                className="bg-sunken px-4 py-1.5 text-left text-xs font-semibold"
              >
                {title}
              </th>
            </tr>
            {actions.map((action) => (
              <tr key={action}>
                <th scope="row" className="px-4 py-2 text-left font-normal">
                  {PERMISSIONS[action].text}{" "}
                  {PERMISSIONS[action].scope !== "own" && (
                    <span className="text-xs text-faint">{SCOPE[PERMISSIONS[action].scope]}</span>
                  )}
                </th>
                {ROLES.map((role) => (
                  <td key={role} className="px-1 py-2 text-center sm:px-2">
                    {roleMay(role, action) ? (
                      <>
                        <Check aria-hidden className="mx-auto size-4 text-ok" />
                        <span className="sr-only">yes</span>
                      </>
                    ) : (
                      <>
                        <Minus aria-hidden className="mx-auto size-4 text-faint" />
                        <span className="sr-only">no</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
