import { useViewer } from "../../lib/use-console.ts";
import { SecretRow } from "../companies/secret-row.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Panel } from "../ui/panel.tsx";

/** What the company's role must ask for, so that nobody else's request opens it. */
export function ExternalIdPanel({ externalId }: { externalId: string | null }) {
  const { may } = useViewer();
  if (!may("company.automation"))
    return (
      <Panel title="External ID" aside="Read-only">
        <p className="text-sm text-soft">Administrators see it, since it belongs into the role.</p>
      </Panel>
    );
  if (externalId === null)
    return (
      <Panel title="External ID">
        <p className="text-sm text-soft">
          It is made when you save the account for the first time, and stays the same from then on.
        </p>
      </Panel>
    );
  const condition = { Condition: { StringEquals: { "sts:ExternalId": externalId } } };
  return (
    <Panel title="External ID">
      <div className="space-y-4">
        <dl>
          <SecretRow
            label="External ID"
            value={externalId}
            note="This company’s alone. The role must refuse whoever does not name it."
          />
        </dl>
        <CodeBlock label="In the role’s trust policy" text={JSON.stringify(condition, null, 2)} />
      </div>
    </Panel>
  );
}
