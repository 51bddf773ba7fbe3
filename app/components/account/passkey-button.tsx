import { KeyRound } from "lucide-react";
import { type RefObject, useState } from "react";
import type { FactorsLeft } from "../../../core/sign-in.ts";
import { signByPasskey, signInByPasskey } from "../../lib/passkeys.ts";
import { homeOf, safeNext } from "../../lib/safe-next.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";

/** Sign-in by passkey, instead of the password or as its second step. */
export function PasskeyButton({ next }: { next: string | null }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function run() {
    setBusy(true);
    setProblem(null);
    const answer = await signInByPasskey();
    if (answer.ok) {
      const { must_enrol, user } = answer.value;
      location.assign(must_enrol ? "/security/enrol" : safeNext(next, homeOf(user.role)));
      return;
    }
    setBusy(false);
    setProblem(answer.error.detail);
  }
  return (
    <div className="space-y-3">
      <Button size="lg" className="w-full" onClick={run} disabled={busy}>
        <KeyRound aria-hidden className="size-4" />
        {busy ? "Waiting for the passkey" : "Sign in with a passkey"}
      </Button>
      <FormError errors={problem ? [problem] : undefined} />
    </div>
  );
}

interface PasskeyStepProps {
  challenge: NonNullable<FactorsLeft["passkey"]>;
  /** Of the sign-in, with its password and a hidden field `passkey`. */
  form: RefObject<HTMLFormElement>;
}

/** A passkey as the second step after the password. */
export function PasskeyStep({ challenge, form }: PasskeyStepProps) {
  const [problem, setProblem] = useState<string | null>(null);
  async function run() {
    setProblem(null);
    // The API's own words for what the browser is to sign.
    const signed = await signByPasskey(challenge as unknown as Parameters<typeof signByPasskey>[0]);
    if (!signed.ok) return setProblem(signed.error.detail);
    const field = form.current?.elements.namedItem("passkey");
    if (!(field instanceof HTMLInputElement)) return;
    field.value = JSON.stringify(signed.value);
    form.current?.requestSubmit();
  }
  return (
    <div className="space-y-3">
      <Button size="lg" className="w-full" onClick={run}>
        <KeyRound aria-hidden className="size-4" />
        Use a passkey
      </Button>
      <FormError errors={problem ? [problem] : undefined} />
    </div>
  );
}
