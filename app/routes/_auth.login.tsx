import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { Form, Link, useActionData, useNavigation, useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Me } from "../../core/company.ts";
import type { FactorsLeft } from "../../core/sign-in.ts";
import { PasskeyButton, PasskeyStep } from "../components/account/passkey-button.tsx";
import { Button } from "../components/ui/button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { loginForm } from "../lib/account-forms.server.ts";
import { callApi } from "../lib/api.server.ts";
import { duration } from "../lib/format.ts";
import { forwardCookies } from "../lib/forward-cookies.server.ts";
import { refuse } from "../lib/reply.server.ts";
import { homeOf, safeNext } from "../lib/safe-next.ts";

export const meta: MetaFunction = () => [{ title: "Sign in · Alert Whisperer" }];

const afterSignIn = (me: Me, next: string | null | undefined) =>
  me.must_enrol ? "/security/enrol" : safeNext(next, homeOf(me.user.role));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const me = await callApi<Me>(context, "GET", "/api/me");
  if (me.ok) throw redirect(afterSignIn(me.value, new URL(request.url).searchParams.get("next")));
  return null;
}

interface Answer {
  result: SubmissionResult<string[]>;
  /** The password was right; what may follow it. */
  second?: FactorsLeft;
}

const HIDDEN = ["password", "totp", "passkey"];
const BY_CODE: FactorsLeft = { methods: ["totp", "recovery"] };

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: loginForm });
  if (submission.status !== "success")
    return data<Answer>({ result: submission.reply({ hideFields: HIDDEN }) }, { status: 422 });
  const { next, ...credentials } = submission.value;
  const answer = await callApi<Me>(context, "POST", "/api/auth/login", credentials);
  if (answer.ok) {
    return redirect(afterSignIn(answer.value, next), { headers: forwardCookies(answer.headers) });
  }
  const { error, status, headers } = answer;
  if (error.error === "totp_required") {
    // The first time nobody gave a wrong code: ask, without a word on errors.
    const result = submission.reply({ hideFields: HIDDEN });
    return data<Answer>(
      { result, second: (error.current as FactorsLeft | undefined) ?? BY_CODE },
      { status },
    );
  }
  const wait = Number(headers.get("retry-after"));
  if (error.error === "too_many_failures" && wait > 0) {
    const formErrors = [`Too many failed sign-ins. Try again in ${duration(wait)}, or use a passkey.`];
    return data<Answer>({ result: submission.reply({ formErrors, hideFields: HIDDEN }) }, { status });
  }
  const second = error.fields?.totp ? BY_CODE : undefined;
  return data<Answer>({ result: refuse(submission, error, HIDDEN), second }, { status });
}

interface Fields {
  email: string;
  password: string;
  totp?: string;
  next?: string;
}

export default function Login() {
  const answer = useActionData<typeof action>() as Answer | undefined;
  const [params] = useSearchParams();
  const navigation = useNavigation();
  const [form, fields] = useForm<Fields>({ id: "login", lastResult: answer?.result });
  const box = useRef<HTMLFormElement>(null);
  // The password stays in its field for the second step; a page without scripts asks for it again.
  const [kept, setKept] = useState(false);
  const second = answer?.second;
  useEffect(() => {
    const password = box.current?.elements.namedItem("password");
    setKept(Boolean(second && password instanceof HTMLInputElement && password.value));
    const code = box.current?.elements.namedItem("totp");
    if (code instanceof HTMLInputElement) code.focus();
  }, [second]);
  const next = params.get("next");
  const busy = navigation.state !== "idle";
  const byCode = second?.methods.some((method) => method !== "passkey");
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{second ? "One more step" : "Sign in"}</h1>
      <Form method="post" {...getFormProps(form)} ref={box} noValidate className="mt-5 space-y-4">
        <FormError id={form.errorId} errors={form.errors} />
        <div className="space-y-4" hidden={kept}>
          <TextField
            meta={fields.email}
            label="E-mail"
            type="email"
            autoComplete="username"
            defaultValue={fields.email.initialValue}
            required
          />
          <TextField
            meta={fields.password}
            label="Password"
            type="password"
            autoComplete="current-password"
            required
          />
        </div>
        {byCode && (
          <TextField
            meta={fields.totp}
            label="Code"
            hint="The six digits of your authenticator app, or one of your recovery codes."
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            required
          />
        )}
        <input type="hidden" name="passkey" />
        {next && <input type="hidden" name="next" value={next} />}
        {(!second || byCode) && (
          <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy}>
            {busy ? "Signing in" : "Sign in"}
          </Button>
        )}
      </Form>
      <div className="mt-3">
        {!second && <PasskeyButton next={next} />}
        {second?.passkey && kept && <PasskeyStep challenge={second.passkey} form={box} />}
      </div>
      {second ? (
        <p className="mt-5 text-sm text-soft">
          <Link to="/login" reloadDocument className="font-medium text-accent underline underline-offset-2">
            Start again
          </Link>
        </p>
      ) : (
        <p className="mt-5 flex flex-wrap justify-between gap-2 text-sm text-soft">
          <span>
            New here?{" "}
            <Link to="/signup" className="font-medium text-accent underline underline-offset-2">
              Create an account
            </Link>
          </span>
          <Link to="/reset" className="font-medium text-accent underline underline-offset-2">
            Forgot password?
          </Link>
        </p>
      )}
    </>
  );
}
