import { getFormProps, useForm } from "@conform-to/react";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Form, Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import * as z from "zod";
import type { Role } from "../../core/actor.ts";
import type { Me } from "../../core/company.ts";
import { RecoveryCodes } from "../components/account/recovery-codes.tsx";
import { Button } from "../components/ui/button.tsx";
import { CopyButton } from "../components/ui/copy-button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { load } from "../lib/api.server.ts";
import { intent, nothingForm, runIntent } from "../lib/intents.server.ts";
import { homeOf, safeNext } from "../lib/safe-next.ts";
import { useIntent } from "../lib/use-intent.ts";

export const meta: MetaFunction = () => [{ title: "Set up two-factor sign-in · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [me, totp] = await Promise.all([
    load<Me>(context, request, "/api/me"),
    load<{ enabled: boolean }>(context, request, "/api/me/totp"),
  ]);
  return { role: me.user.role, required: me.must_enrol, enabled: totp.enabled };
}

/** What was just enabled must not be taken for enabled before: its recovery codes are still on the page. */
export const shouldRevalidate = () => false;

const code = z.string({ error: "Enter the code your app shows" }).trim();

export async function action({ request, context }: ActionFunctionArgs) {
  return await runIntent(context, request, {
    start: intent("POST", nothingForm, () => ({ path: "/api/me/totp", body: {} })),
    confirm: intent("POST", z.object({ code }), (body) => ({ path: "/api/me/totp/confirm", body }), ["code"]),
  });
}

/** Who had to come here first has not seen the checklist yet. */
const firstPage = (role: Role) => (role === "msp_admin" ? "/welcome" : homeOf(role));

interface Secret {
  secret: string;
  qr_svg: string;
}

export default function Enrol() {
  const { role, required, enabled } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const next = safeNext(params.get("next"), required ? firstPage(role) : "/profile");
  const start = useIntent("start");
  const begun = useRef(false);
  const { submit } = start.fetcher;
  useEffect(() => {
    if (begun.current || enabled) return;
    begun.current = true;
    submit({ intent: "start" }, { method: "post" });
  }, [submit, enabled]);
  const [codes, setCodes] = useState<string[] | null>(null);
  const secret = start.answer?.value as Secret | undefined;

  if (codes) return <Kept codes={codes} next={next} />;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Two-factor sign-in</h1>
      {enabled ? (
        <div className="mt-3 space-y-5 text-sm text-soft">
          <p>It is set up already.</p>
          <Button asChild look="primary" size="lg" className="w-full">
            <Link to={next}>Continue</Link>
          </Button>
        </div>
      ) : (
        <>
          <p className="mt-1 text-sm text-soft">
            {required ? "Your role requires a second step at sign-in. " : ""}
            Scan this with an authenticator app, then enter the code it shows.
          </p>
          {start.answer && !start.answer.ok ? (
            <FormError errors={[start.answer.problem ?? ""]} />
          ) : secret ? (
            <Confirm secret={secret} onCodes={setCodes} />
          ) : (
            <Skeleton rows={6} className="px-0" />
          )}
          <div className="mt-5 flex justify-between gap-2 text-sm text-soft">
            {required ? (
              <Form method="post" action="/logout">
                <button type="submit" className="font-medium text-accent underline underline-offset-2">
                  Sign out
                </button>
              </Form>
            ) : (
              <Link to={next} className="font-medium text-accent underline underline-offset-2">
                Not now
              </Link>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Confirm({ secret, onCodes }: { secret: Secret; onCodes(codes: string[]): void }) {
  const { fetcher, answer, busy } = useIntent("confirm", {
    onDone: ({ value }) => onCodes((value as { recovery_codes: string[] }).recovery_codes),
  });
  const [form, fields] = useForm<{ code: string }>({ id: "confirm", lastResult: answer?.result });
  return (
    <>
      <img
        alt="QR code for your authenticator app"
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(secret.qr_svg)}`}
        className="mx-auto mt-4 size-44 rounded-md bg-white p-2"
      />
      <p className="mt-3 text-xs text-faint">No camera? Enter this key in the app by hand:</p>
      <div className="mt-1 flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md border bg-sunken px-2.5 py-1.5 font-mono text-xs break-all">
          {secret.secret}
        </code>
        <CopyButton text={secret.secret} what="key" />
      </div>
      <fetcher.Form method="post" {...getFormProps(form)} noValidate className="mt-4 space-y-4">
        <input type="hidden" name="intent" value="confirm" />
        <FormError errors={form.errors} />
        <TextField
          meta={fields.code}
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          required
        />
        <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy}>
          {busy ? "Checking" : "Turn it on"}
        </Button>
      </fetcher.Form>
    </>
  );
}

function Kept({ codes, next }: { codes: string[]; next: string }) {
  return (
    <div className="space-y-5">
      <h1 className="text-xl font-semibold tracking-tight">Two-factor sign-in is on</h1>
      <RecoveryCodes codes={codes} />
      <Button asChild look="primary" size="lg" className="w-full">
        {/* A new document: the session may do more now than what this page was made for. */}
        <Link to={next} reloadDocument>
          I have kept them
        </Link>
      </Button>
    </div>
  );
}
