import type { CompanyDetail } from "../../../core/company.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import { SecretRow } from "./secret-row.tsx";
import { useCompanyForm } from "./use-company-form.ts";

type ApiKey = CompanyDetail["api_keys"][number];

function KeyRow({ apiKey, last }: { apiKey: ApiKey; last: boolean }) {
  const { fetcher, busy } = useCompanyForm("revoke-key");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm">
      <code className="font-mono text-xs">{apiKey.id}</code>
      <span className="text-xs text-faint">
        made <Age at={apiKey.created_at} ago />
        {" · "}
        {apiKey.last_used_at ? (
          <>
            used <Age at={apiKey.last_used_at} ago />
          </>
        ) : (
          "never used"
        )}
      </span>
      <span className="ml-auto">
        {apiKey.revoked_at ? (
          <span className="text-xs text-faint">Revoked</span>
        ) : (
          <fetcher.Form method="post">
            <input type="hidden" name="intent" value="revoke-key" />
            <input type="hidden" name="key_id" value={apiKey.id} />
            <Button
              type="submit"
              look="danger"
              size="sm"
              disabled={busy || last}
              title={last ? "Make another key first" : undefined}
              aria-label={`Revoke key ${apiKey.id}`}
            >
              Revoke
            </Button>
          </fetcher.Form>
        )}
      </span>
    </li>
  );
}

function Rotate({ intent, label, note }: { intent: string; label: string; note: string }) {
  const { fetcher, answer, busy } = useCompanyForm(intent);
  const once = answer?.once;
  return (
    <fetcher.Form method="post" className="space-y-3">
      <input type="hidden" name="intent" value={intent} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={busy}>
          {label}
        </Button>
        <p className="text-xs text-faint">{note}</p>
      </div>
      <FormError errors={answer?.problem ? [answer.problem] : undefined} />
      {once && (
        <dl aria-live="polite" className="space-y-3">
          {once.api_key && (
            <SecretRow label="New API key" value={once.api_key} note="Copy it now: it is shown this once." />
          )}
          {once.hmac_secret && (
            <SecretRow
              label="New signing secret"
              value={once.hmac_secret}
              note="Copy it now: it is shown this once."
            />
          )}
          {once.webhook_url && <SecretRow label="New webhook URL" value={once.webhook_url} />}
        </dl>
      )}
    </fetcher.Form>
  );
}

/** Keys with their use, and the two rotations; old and new work side by side. */
export function KeysPanel({ keys }: { keys: ApiKey[] }) {
  const active = keys.filter((key) => !key.revoked_at).length;
  const { answer } = useCompanyForm("revoke-key");
  return (
    <Panel title="Keys">
      <ul className="-mt-2 mb-4 divide-y">
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} last={active < 2} />
        ))}
      </ul>
      <FormError errors={answer?.problem ? [answer.problem] : undefined} />
      <div className="space-y-4">
        <Rotate intent="rotate-key" label="Make a new key" note="Older keys go on until you revoke them." />
        <Rotate
          intent="rotate-secret"
          label="Make a new signing secret"
          note="The one before is accepted for a day more."
        />
      </div>
    </Panel>
  );
}
