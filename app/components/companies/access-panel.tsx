import { useCompany } from "../../lib/company-context.ts";
import { useFreshKeys } from "../../lib/fresh-keys.ts";
import { type Access, PLACEHOLDER } from "../../lib/setup/access.ts";
import type { LoadedSetup } from "../../lib/setup/load.server.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Panel } from "../ui/panel.tsx";
import { IssueKey, RotateSecret } from "./issue-key.tsx";
import { SecretRow } from "./secret-row.tsx";
import { ToolSetup } from "./tool-setup.tsx";

/** The webhook, a key and a secret where this tab knows them, and each tool's steps with all of it filled in. */
export function AccessPanel({ setup }: { setup: LoadedSetup }) {
  const company = useCompany();
  const { may } = useViewer();
  const { fresh } = useFreshKeys(company.id);
  const access: Access = {
    key: fresh.api_key ?? PLACEHOLDER.key,
    secret: fresh.hmac_secret ?? PLACEHOLDER.secret,
  };
  const complete = fresh.api_key && fresh.hmac_secret;
  return (
    <>
      <Panel title="Webhook">
        <dl className="space-y-4">
          <SecretRow
            label="Webhook URL"
            value={company.webhook_url}
            note="Add ?api_key= and a key of this company, or send the key as X-API-Key."
          />
          <SecretRow label="Company ID" value={company.id} />
        </dl>
        {!complete && (
          <p className="mt-4 text-sm text-soft">
            A key and a secret can be read only when they are made. Without them, the steps below name{" "}
            <code className="font-mono text-xs">{PLACEHOLDER.key}</code> and{" "}
            <code className="font-mono text-xs">{PLACEHOLDER.secret}</code>
            {may("company.keys")
              ? ": put in yours, or make new ones, which are filled in here until you reload the page."
              : ": put in what your administrator gives you."}
          </p>
        )}
        {may("company.keys") && (
          <div className="mt-4 space-y-4">
            <IssueKey />
            <RotateSecret />
          </div>
        )}
      </Panel>
      <Panel title="Set up a tool">
        <ToolSetup companyId={company.id} access={access} initial={setup} />
      </Panel>
    </>
  );
}
