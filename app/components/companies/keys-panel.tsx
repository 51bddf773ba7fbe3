import type { CompanyDetail } from "../../../core/company.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import { IssueKey } from "./issue-key.tsx";
import { useCompanyForm } from "./use-company-form.ts";

type ApiKey = CompanyDetail["api_keys"][number];

function Revoke({ id, last }: { id: string; last: boolean }) {
  const { fetcher, busy } = useCompanyForm("revoke-key");
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="revoke-key" />
      <input type="hidden" name="key_id" value={id} />
      <Button
        type="submit"
        look="danger"
        size="sm"
        disabled={busy || last}
        title={last ? "Issue another key first" : undefined}
        aria-label={`Revoke key ${id}`}
      >
        Revoke
      </Button>
    </fetcher.Form>
  );
}

function KeyRow({ apiKey, last, writable }: { apiKey: ApiKey; last: boolean; writable: boolean }) {
  const { id, created_at, last_used_at, expires_at, revoked_at } = apiKey;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <code className="break-all font-mono text-xs">{id}</code>
          {revoked_at && <Chip>Revoked</Chip>}
          {!revoked_at && expires_at && <Chip tone="warn">Being replaced</Chip>}
        </div>
        <p className="mt-0.5 text-xs text-faint">
          Made <Age at={created_at} ago />
          {", "}
          {last_used_at ? (
            <>
              used <Age at={last_used_at} ago />
            </>
          ) : (
            "never used"
          )}
          {!revoked_at && expires_at && (
            <>
              , ends <ClockTime at={expires_at} />
            </>
          )}
        </p>
      </div>
      {writable && !revoked_at && <Revoke id={id} last={last} />}
    </li>
  );
}

/** Whether a key opens the intake, as of the server's answer. */
const works = (key: ApiKey, now: number) =>
  !key.revoked_at && (!key.expires_at || Date.parse(key.expires_at) > now);

/** Keys with their use; a new one works beside those of before for as long as one chooses. */
export function KeysPanel({ keys, now }: { keys: ApiKey[]; now: number }) {
  const { may } = useViewer();
  const writable = may("company.keys");
  const live = keys.filter((key) => works(key, now));
  const { answer } = useCompanyForm("revoke-key");
  const shown = [...keys].sort((a, b) => b.created_at.localeCompare(a.created_at));
  return (
    <Panel title="API keys" aside={writable ? undefined : "Read-only"} flush>
      <ul className="divide-y">
        {shown.map((key) => (
          <KeyRow key={key.id} apiKey={key} last={live.length < 2 && works(key, now)} writable={writable} />
        ))}
      </ul>
      {writable && (
        <div className="space-y-3 border-t p-4">
          <FormError errors={answer?.problem ? [answer.problem] : undefined} />
          <IssueKey />
        </div>
      )}
    </Panel>
  );
}
