import { Link } from "@remix-run/react";
import { useEffect } from "react";
import type { CompanyCreated } from "../../../core/company.ts";
import { useFreshKeys } from "../../lib/fresh-keys.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { FirstAlert } from "./first-alert.tsx";
import { SecretRow } from "./secret-row.tsx";
import { TestAlertButton } from "./test-alert-button.tsx";
import { ToolSetup } from "./tool-setup.tsx";

/** What a new company needs, the only time its key and secret can be read. */
export function Setup({ created }: { created: CompanyCreated }) {
  const { company, api_key: key, hmac_secret: secret, webhook_url: webhookUrl } = created;
  const { keep } = useFreshKeys(company.id);
  useEffect(() => {
    keep({ api_key: key, hmac_secret: secret });
  }, [keep, key, secret]);
  return (
    <div className="space-y-4">
      <Panel title="Key and secret">
        <p className="mb-4 text-sm text-soft">
          Copy both now: they are shown this once. A lost one is replaced on the company’s page.
        </p>
        <dl className="space-y-4">
          <SecretRow label="Company ID" value={company.id} />
          <SecretRow label="Webhook URL" value={webhookUrl} />
          <SecretRow label="API key" value={key} note="Says which company an alert belongs to." />
          <SecretRow
            label="Signing secret"
            value={secret}
            note="Signs each delivery, so that nobody else can send alerts in this company’s name."
          />
        </dl>
      </Panel>
      <Panel title="Send the first alert">
        <div className="space-y-4">
          <FirstAlert companyId={company.id} />
          <div className="flex flex-wrap gap-2">
            <TestAlertButton companyId={company.id} look="primary" />
            <Button asChild>
              <Link to={`/companies/${company.id}`}>Open the company</Link>
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title="Set up a tool">
        <ToolSetup companyId={company.id} access={{ key, secret }} />
      </Panel>
    </div>
  );
}
