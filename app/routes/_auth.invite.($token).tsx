import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Role } from "../../core/actor.ts";
import type { Me } from "../../core/company.ts";
import { Button } from "../components/ui/button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { acceptForm } from "../lib/account-forms.server.ts";
import { callApi } from "../lib/api.server.ts";
import { type Answer as ApiAnswer, api } from "../lib/api.ts";
import { forwardCookies } from "../lib/forward-cookies.server.ts";
import { refuse } from "../lib/reply.server.ts";
import { ROLE_NOTE, ROLE_WORD } from "../lib/role-words.ts";
import { homeOf } from "../lib/safe-next.ts";
import { linkPageHeaders, useLinkToken } from "../lib/use-link-token.ts";

export const meta: MetaFunction = () => [{ title: "Accept an invitation · Alert Whisperer" }];
export const headers = linkPageHeaders;

interface Invitation {
  email: string;
  role: Role;
  msp_name: string;
  company_names: string[];
}

type Answer = { result: SubmissionResult<string[]> };
const HIDDEN = ["password", "token"];

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: acceptForm });
  if (submission.status !== "success")
    return data<Answer>({ result: submission.reply({ hideFields: HIDDEN }) }, { status: 422 });
  const answer = await callApi<Me>(context, "POST", "/api/invitations/accept", submission.value);
  if (!answer.ok)
    return data<Answer>({ result: refuse(submission, answer.error, HIDDEN) }, { status: answer.status });
  const { must_enrol, user } = answer.value;
  const to = must_enrol ? "/security/enrol" : homeOf(user.role);
  return redirect(to, { headers: forwardCookies(answer.headers) });
}

export default function Invite() {
  const token = useLinkToken("/invite");
  const [seen, setSeen] = useState<ApiAnswer<Invitation> | null>(null);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (!token || asked.current === token) return;
    asked.current = token;
    void api<Invitation>("/api/invitations/look", { method: "POST", body: { token } }).then(setSeen);
  }, [token]);
  if (token && seen?.ok) return <Accept token={token} invitation={seen.value} />;
  const problem = seen && !seen.ok ? seen.error.detail : null;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Accept an invitation</h1>
      <div aria-live="polite" className="mt-4 space-y-4 text-sm text-soft">
        {token && !seen && <p>One moment.</p>}
        {token === null && <p>Open this page through the link in the mail that invited you.</p>}
        {problem && (
          <>
            <FormError errors={[problem]} />
            <p>
              Invitations work once and for a limited time. Ask whoever invited you to send it again, or{" "}
              <Link to="/login" className="font-medium text-accent underline underline-offset-2">
                sign in
              </Link>{" "}
              if you have accepted it before.
            </p>
          </>
        )}
        <noscript>This page needs scripts to be allowed.</noscript>
      </div>
    </>
  );
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }) {
  const answer = useActionData<typeof action>() as Answer | undefined;
  const busy = useNavigation().state !== "idle";
  const [form, fields] = useForm<{ token: string; name: string; password: string }>({
    id: "accept",
    lastResult: answer?.result,
  });
  const { email, role, msp_name, company_names: companies } = invitation;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Join {msp_name}</h1>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 rounded-md border bg-sunken/60 p-3 text-sm">
        <dt className="text-faint">As</dt>
        <dd>
          <span className="font-medium">{ROLE_WORD[role]}</span>
          <span className="block text-xs text-soft">{ROLE_NOTE[role]}</span>
        </dd>
        {companies.length > 0 && (
          <>
            <dt className="text-faint">For</dt>
            <dd>{companies.join(", ")}</dd>
          </>
        )}
        <dt className="text-faint">E-mail</dt>
        <dd className="break-all">{email}</dd>
      </dl>
      {/* The address is clean by now; the token goes in the body. */}
      <Form method="post" action="/invite" {...getFormProps(form)} noValidate className="mt-5 space-y-4">
        <FormError id={form.errorId} errors={form.errors} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <TextField
          meta={fields.name}
          label="Your name"
          autoComplete="name"
          defaultValue={fields.name.initialValue}
          required
        />
        <TextField
          meta={fields.password}
          label="Choose a password"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters."
          required
        />
        <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy}>
          {busy ? "Joining" : `Join ${msp_name}`}
        </Button>
      </Form>
    </>
  );
}
