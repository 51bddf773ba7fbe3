import { useRevalidator } from "@remix-run/react";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { addPasskey } from "../../lib/passkeys.ts";
import type { Passkey } from "../../lib/people-types.ts";
import { stepUp } from "../../lib/step-up.ts";
import { RecoveryCodes } from "../account/recovery-codes.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { FormError } from "../ui/form-error.tsx";

/** Keys of this person's devices; each signs in by itself, without a password. */
export function PasskeysPanel({ passkeys }: { passkeys: Passkey[] }) {
  return (
    <>
      {passkeys.length > 0 && (
        <ul className="divide-y border-b">
          {passkeys.map(({ id, name, created_at, last_used_at }) => (
            <li key={id} className="flex items-center gap-2.5 px-4 py-2.5 text-sm">
              <KeyRound aria-hidden className="size-4 shrink-0 text-faint" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{name}</span>
                <span className="block text-xs text-faint">
                  Added <Age at={created_at} ago />,{" "}
                  {last_used_at ? (
                    <>
                      used <Age at={last_used_at} ago />
                    </>
                  ) : (
                    "never used"
                  )}
                </span>
              </span>
              <ConfirmButton
                intent="passkey-remove"
                fields={{ id }}
                done="Passkey removed"
                title="Remove this passkey?"
                text={`${name} no longer signs you in. Delete it on the device as well.`}
                verb="Remove"
                aria-label={`Remove passkey ${name}`}
              >
                Remove
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
      <div className="space-y-3 p-4">
        {passkeys.length === 0 && (
          <p className="text-sm text-soft">
            None yet. A passkey signs you in by this device’s lock or a security key, without a password.
          </p>
        )}
        <Add />
      </div>
    </>
  );
}

const META = { id: "passkey-name", name: "name", errorId: "passkey-name-e", descriptionId: "passkey-name-d" };

function Add() {
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ name?: string; all?: string }>({});
  const [codes, setCodes] = useState<string[] | null>(null);
  async function run(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    await add(event.currentTarget);
  }
  async function add(form: HTMLFormElement) {
    const name = String(new FormData(form).get("name") ?? "").trim();
    if (!name) return setProblem({ name: "Give it a name, to know it by later" });
    setProblem({});
    setBusy(true);
    const answer = await addPasskey(name);
    setBusy(false);
    if (!answer.ok && answer.error.error === "step_up_required") return stepUp.ask(() => void add(form));
    if (!answer.ok) return setProblem({ all: answer.error.detail });
    setCodes(answer.value.recovery_codes ?? null);
    form.reset();
    toast("Passkey added");
    revalidate();
  }
  return (
    <>
      <Dialog open={codes !== null} onOpenChange={(open) => !open && setCodes(null)} title="Keep these codes">
        {codes && <RecoveryCodes codes={codes} />}
      </Dialog>
      <form onSubmit={run} noValidate className="space-y-3">
        <FormError errors={problem.all ? [problem.all] : undefined} />
        <TextField
          meta={{ ...META, errors: problem.name ? [problem.name] : undefined }}
          label="Name of the device"
          placeholder="Work laptop"
          maxLength={80}
          autoComplete="off"
        />
        <Button type="submit" disabled={busy}>
          {busy ? "Waiting for the device" : "Add a passkey"}
        </Button>
      </form>
    </>
  );
}
