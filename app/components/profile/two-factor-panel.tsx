import { getFormProps, useForm } from "@conform-to/react";
import { Link } from "@remix-run/react";
import { useState } from "react";
import { plural } from "../../lib/format.ts";
import type { TotpStatus } from "../../lib/people-types.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { RecoveryCodes } from "../account/recovery-codes.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";

const LOW = 3;

/** Whether an authenticator app is asked for at sign-in, and what to do about it. */
export function TwoFactorPanel({ totp }: { totp: TotpStatus }) {
  const [open, setOpen] = useState<"codes" | "remove" | null>(null);
  if (!totp.enabled) {
    return (
      <div className="space-y-3 text-sm text-soft">
        <p>
          <Chip tone="warn">Off</Chip>
        </p>
        <p>A code of your phone, besides the password, keeps out whoever learns the password.</p>
        <Button asChild look="primary">
          <Link to="/security/enrol?next=/profile">Set up two-factor sign-in</Link>
        </Button>
      </div>
    );
  }
  const left = totp.recovery_codes_left;
  return (
    <div className="space-y-3 text-sm text-soft">
      <p className="flex flex-wrap items-center gap-2">
        <Chip tone="ok">On</Chip>
        <span className={left < LOW ? "text-medium" : undefined}>{plural(left, "recovery code")} left</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen("codes")}>New recovery codes</Button>
        <Button look="danger" onClick={() => setOpen("remove")}>
          Turn off
        </Button>
      </div>
      <Dialog
        open={open === "codes"}
        onOpenChange={(next) => setOpen(next ? "codes" : null)}
        title="New recovery codes"
        description="The codes you have now stop working."
      >
        <NewCodes />
      </Dialog>
      <Dialog
        open={open === "remove"}
        onOpenChange={(next) => setOpen(next ? "remove" : null)}
        title="Turn off two-factor sign-in?"
        description="Your password alone will sign you in, unless your role requires more."
      >
        <Remove onDone={() => setOpen(null)} />
      </Dialog>
    </div>
  );
}

function NewCodes() {
  const state = useIntent("recovery-codes");
  const [form, fields] = useForm<{ code: string }>({
    id: "recovery-codes",
    lastResult: state.answer?.result,
  });
  const made = state.answer?.ok ? (state.answer.value as { recovery_codes: string[] }) : null;
  if (made) return <RecoveryCodes codes={made.recovery_codes} />;
  return (
    <IntentForm
      intent="recovery-codes"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Make new codes"
      look="primary"
    >
      <TextField
        meta={fields.code}
        label="Code of your app"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
      />
    </IntentForm>
  );
}

function Remove({ onDone }: { onDone(): void }) {
  const state = useIntent("totp-remove", { done: "Two-factor sign-in is off", onDone });
  const [form, fields] = useForm<{ password: string; code: string }>({
    id: "totp-remove",
    lastResult: state.answer?.result,
  });
  return (
    <IntentForm
      intent="totp-remove"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Turn it off"
      look="primary"
    >
      <TextField meta={fields.password} label="Password" type="password" autoComplete="current-password" />
      <TextField
        meta={fields.code}
        label="Code of your app, or a recovery code"
        autoComplete="one-time-code"
        maxLength={40}
      />
    </IntentForm>
  );
}
