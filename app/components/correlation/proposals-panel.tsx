import { Lightbulb } from "lucide-react";
import type { Proposal } from "../../../core/learning/propose.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { CommandButton } from "../ui/command-button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";

function does({ rule }: Proposal): string {
  const fields = (rule.actions.group_by ?? []).join(", ");
  return `Rule: alerts of either problem with the same ${fields} become one incident.`;
}

/** Rules that the company's own past suggests; nothing happens until somebody accepts one. */
export function ProposalsPanel({ proposals }: { proposals: Proposal[] }) {
  const { may } = useViewer();
  const decides = may("noise.rules");
  return (
    <Panel title="Proposed rules" aside={decides ? undefined : "Administrators decide"} flush>
      {proposals.length === 0 ? (
        <Empty icon={Lightbulb} title="Nothing to propose yet">
          Problems that keep coming together, and incidents that people merge by hand, are proposed here as
          rules. Nothing is grouped by itself because of them.
        </Empty>
      ) : (
        <ul className="divide-y">
          {proposals.map((proposal) => (
            <li key={proposal.id} className="space-y-2 px-4 py-3 text-sm">
              <p className="break-words">{proposal.text}</p>
              <p className="text-xs text-faint">
                {does(proposal)} Last seen <Age at={proposal.last_at} ago />.
              </p>
              {decides && (
                <div className="flex gap-2">
                  <CommandButton
                    intent="accept-proposal"
                    fields={{ id: proposal.id }}
                    done="The rule is made"
                    look="primary"
                    aria-label={`Accept: ${proposal.rule.name}`}
                  >
                    Make it a rule
                  </CommandButton>
                  <CommandButton
                    intent="dismiss-proposal"
                    fields={{ id: proposal.id }}
                    done="Dismissed; it is not proposed again"
                    aria-label={`Dismiss: ${proposal.rule.name}`}
                  >
                    Dismiss
                  </CommandButton>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
