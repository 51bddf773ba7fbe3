import { useParams } from "@remix-run/react";
import { useEffect } from "react";
import { useFreshKeys } from "../../lib/fresh-keys.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";
import { SecretRow } from "./secret-row.tsx";
import { useCompanyForm } from "./use-company-form.ts";

const OVERLAPS = [
  [0, "at once"],
  [1, "after an hour"],
  [24, "after a day"],
  [168, "after a week"],
  [720, "after 30 days"],
] as const;

/** A form that makes a key or a secret, which this tab then knows until it is reloaded. */
function useMade(intent: "rotate-key" | "rotate-secret") {
  const { id = "" } = useParams();
  const form = useCompanyForm(intent);
  const { keep } = useFreshKeys(id);
  const made = form.answer?.once;
  useEffect(() => {
    if (made) keep(made);
  }, [made, keep]);
  return { ...form, made };
}

/** Issues another key; the others end when the chosen overlap does. */
export function IssueKey() {
  const { fetcher, answer, busy, made } = useMade("rotate-key");
  return (
    <fetcher.Form method="post" className="flex flex-col items-start gap-3">
      <input type="hidden" name="intent" value="rotate-key" />
      <div className="flex flex-wrap items-end gap-3">
        <label className="text-sm">
          <span className="mb-1 block font-medium">Older keys stop working</span>
          <select
            name="overlap_hours"
            defaultValue="24"
            className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm max-sm:h-9"
          >
            {OVERLAPS.map(([hours, words]) => (
              <option key={hours} value={hours}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" disabled={busy}>
          Issue a new key
        </Button>
      </div>
      <FormError errors={answer?.problem ? [answer.problem] : undefined} />
      <dl aria-live="polite" className="w-full empty:hidden">
        {made?.api_key && (
          <SecretRow label="New API key" value={made.api_key} note="Copy it now: it is shown this once." />
        )}
      </dl>
    </fetcher.Form>
  );
}

/** Makes a new signing secret; the one before is accepted for a day more. */
export function RotateSecret() {
  const { fetcher, answer, busy, made } = useMade("rotate-secret");
  return (
    <fetcher.Form method="post" className="flex flex-col items-start gap-3">
      <input type="hidden" name="intent" value="rotate-secret" />
      <Button type="submit" disabled={busy}>
        Make a new signing secret
      </Button>
      <FormError errors={answer?.problem ? [answer.problem] : undefined} />
      <dl aria-live="polite" className="w-full empty:hidden">
        {made?.hmac_secret && (
          <SecretRow
            label="New signing secret"
            value={made.hmac_secret}
            note="Copy it now: it is shown this once."
          />
        )}
      </dl>
    </fetcher.Form>
  );
}
