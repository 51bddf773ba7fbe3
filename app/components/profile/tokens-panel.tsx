import { getFormProps, useForm } from "@conform-to/react";
import { useState } from "react";
import { PERMISSIONS, TOKEN_SCOPES, type TokenScope } from "../../../core/permissions.ts";
import type { PersonalToken } from "../../lib/people-types.ts";
import { useViewer } from "../../lib/use-console.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { SecretRow } from "../companies/secret-row.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";
import { Tick } from "../ui/tick.tsx";

/** For programs that call the API in one's name. */
export function TokensPanel({ tokens }: { tokens: PersonalToken[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {tokens.length > 0 && (
        <ul className="divide-y border-b">
          {tokens.map((token) => (
            <Row key={token.id} token={token} />
          ))}
        </ul>
      )}
      <div className="space-y-3 p-4">
        {tokens.length === 0 && (
          <p className="text-sm text-soft">
            None yet. A token lets a script call the API in your name, within the scopes you choose.
          </p>
        )}
        <Button onClick={() => setOpen(true)}>Make a token</Button>
      </div>
      <Dialog open={open} onOpenChange={setOpen} title="Make a personal access token">
        <NewToken onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Row({ token }: { token: PersonalToken }) {
  const { id, name, scopes, last_used_at, expires_at } = token;
  return (
    <li className="flex items-start gap-2.5 px-4 py-2.5 text-sm">
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        <span className="mt-1 flex flex-wrap gap-1">
          {scopes.map((scope) => (
            <Chip key={scope}>{scope}</Chip>
          ))}
        </span>
        <span className="mt-1 block text-xs text-faint">
          {last_used_at ? (
            <>
              Used <Age at={last_used_at} ago />
            </>
          ) : (
            "Never used"
          )}
          {expires_at ? (
            <>
              , until <ClockTime at={expires_at} />
            </>
          ) : (
            ", no end"
          )}
        </span>
      </span>
      <ConfirmButton
        intent="token-revoke"
        fields={{ id }}
        done="Token revoked"
        title="Revoke this token?"
        text={`Whatever uses ${name} is refused from now on.`}
        verb="Revoke"
        aria-label={`Revoke token ${name}`}
      >
        Revoke
      </ConfirmButton>
    </li>
  );
}

const EXPIRY = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "A year"],
  ["0", "No end"],
] as const;

function NewToken({ onClose }: { onClose(): void }) {
  const { may } = useViewer();
  const state = useIntent("token-add");
  const [form, fields] = useForm<{ name: string; scopes: string[]; days: string }>({
    id: "token-add",
    lastResult: state.answer?.result,
  });
  const made = state.answer?.ok ? (state.answer.value as { token: string }) : null;
  if (made) {
    return (
      <div className="space-y-4">
        <dl>
          <SecretRow
            label="Your token"
            value={made.token}
            note="Copy it now: it is shown this once. Send it as Authorization: Bearer."
          />
        </dl>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    );
  }
  // A scope that this role can do nothing with is no choice.
  const useful = (Object.keys(TOKEN_SCOPES) as TokenScope[]).filter((scope) =>
    (Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[]).some(
      (action) => PERMISSIONS[action].token === scope && may(action),
    ),
  );
  return (
    <IntentForm
      intent="token-add"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Make the token"
      look="primary"
    >
      <TextField
        meta={fields.name}
        label="What is it for?"
        placeholder="Backup report"
        autoFocus
        autoComplete="off"
        defaultValue={fields.name.initialValue}
      />
      <fieldset className="space-y-2">
        <legend className="mb-1 text-sm font-medium">It may</legend>
        {useful.map((scope) => (
          <Tick
            key={scope}
            name="scopes"
            value={scope}
            label={TOKEN_SCOPES[scope]}
            checked={scope === "read"}
          />
        ))}
        {fields.scopes.errors && (
          <p role="alert" className="text-xs text-danger">
            {fields.scopes.errors.join(" ")}
          </p>
        )}
      </fieldset>
      <SelectField meta={fields.days} label="For how long" defaultValue="90">
        {EXPIRY.map(([days, word]) => (
          <option key={days} value={days}>
            {word}
          </option>
        ))}
      </SelectField>
    </IntentForm>
  );
}
