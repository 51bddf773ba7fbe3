import { KeyRound } from "lucide-react";
import { useState } from "react";
import { signInByPasskey } from "../../lib/passkeys.ts";
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
