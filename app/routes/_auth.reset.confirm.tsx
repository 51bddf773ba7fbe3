import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type MetaFunction } from "@remix-run/cloudflare";
import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { Button } from "../components/ui/button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { resetConfirmForm } from "../lib/account-forms.server.ts";
import { callApi } from "../lib/api.server.ts";
import { refuse } from "../lib/reply.server.ts";
import { linkPageHeaders, useLinkToken } from "../lib/use-link-token.ts";

export const meta: MetaFunction = () => [{ title: "Choose a new password · Alert Whisperer" }];
export const headers = linkPageHeaders;

type Answer = { result: SubmissionResult<string[]>; done?: boolean };
const HIDDEN = ["password", "token"];

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: resetConfirmForm });
  if (submission.status !== "success")
    return data<Answer>({ result: submission.reply({ hideFields: HIDDEN }) }, { status: 422 });
  const answer = await callApi(context, "POST", "/api/auth/reset/confirm", submission.value);
  const result = answer.ok
    ? submission.reply({ hideFields: HIDDEN })
    : refuse(submission, { ...answer.error, fields: onForm(answer.error.fields) }, HIDDEN);
  return data<Answer>({ result, done: answer.ok }, { status: answer.ok ? 200 : answer.status });
}

/** The token has no field that a person sees: what is wrong with it is said above the form. */
function onForm(fields: Record<string, string> | undefined) {
  return fields?.password ? { password: fields.password } : undefined;
}

export default function ResetConfirm() {
  const token = useLinkToken("/reset/confirm");
  const answer = useActionData<typeof action>() as Answer | undefined;
  const busy = useNavigation().state !== "idle";
  const [form, fields] = useForm<{ token: string; password: string }>({
    id: "reset-confirm",
    lastResult: answer?.result,
  });
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">
        {answer?.done ? "Your password is changed" : "Choose a new password"}
      </h1>
      {answer?.done ? (
        <div role="status" className="mt-3 space-y-5 text-sm text-soft">
          <p>Every session of yours was ended. Sign in with the new password.</p>
          <Button asChild look="primary" size="lg" className="w-full">
            <Link to="/login">Sign in</Link>
          </Button>
        </div>
      ) : token === null ? (
        <p className="mt-3 text-sm text-soft">
          Open this page through the link in the mail, or{" "}
          <Link to="/reset" className="font-medium text-accent underline underline-offset-2">
            have a new one sent
          </Link>
          .
        </p>
      ) : (
        <Form method="post" {...getFormProps(form)} noValidate className="mt-5 space-y-4">
          <FormError id={form.errorId} errors={form.errors} />
          <input type="hidden" name="token" value={token ?? ""} />
          <TextField
            meta={fields.password}
            label="New password"
            type="password"
            autoComplete="new-password"
            hint="At least 8 characters. All your sessions end."
            required
          />
          <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy || !token}>
            {busy ? "Saving" : "Change the password"}
          </Button>
        </Form>
      )}
    </>
  );
}
