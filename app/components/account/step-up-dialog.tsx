import { type FormEvent, useState } from "react";
import { api } from "../../lib/api.ts";
import { stepUp } from "../../lib/step-up.ts";
import { useConsole } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";

const META = { id: "step-up", name: "proof", errorId: "step-up-e", descriptionId: "step-up-d" };

/** For what cannot be undone, the API wants a proof that is at most ten minutes old. */
export default function StepUpDialog({ retry }: { retry(): void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && stepUp.close()}
      title="Confirm that it is you"
      description="This counts for ten minutes in this session."
    >
      <Proof retry={retry} />
    </Dialog>
  );
}

function Proof({ retry }: { retry(): void }) {
  const { me } = useConsole();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const byCode = me.totp_enabled;
  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // The form of a dialog inside another's tree must not reach that one.
    event.stopPropagation();
    const proof = String(new FormData(event.currentTarget).get("proof") ?? "").trim();
    if (!proof) return setProblem(byCode ? "Enter a code" : "Enter your password");
    setBusy(true);
    const body = byCode ? { code: proof } : { password: proof };
    const answer = await api("/api/me/step-up", { method: "POST", body });
    setBusy(false);
    if (!answer.ok) {
      const { fields, detail } = answer.error;
      return setProblem(fields?.code ?? fields?.password ?? detail);
    }
    stepUp.close();
    retry();
  }
  return (
    <form onSubmit={confirm} noValidate className="space-y-4">
      <TextField
        meta={{ ...META, errors: problem ? [problem] : undefined }}
        label={byCode ? "Code of your app, or a recovery code" : "Your password"}
        type={byCode ? "text" : "password"}
        autoComplete={byCode ? "one-time-code" : "current-password"}
        maxLength={200}
        autoFocus
      />
      <Button type="submit" look="primary" disabled={busy}>
        {busy ? "Checking" : "Confirm"}
      </Button>
    </form>
  );
}
