import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type MetaFunction } from "@remix-run/cloudflare";
import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { Button } from "../components/ui/button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { resetForm } from "../lib/account-forms.server.ts";
import { callApi } from "../lib/api.server.ts";
import { refuse } from "../lib/reply.server.ts";

export const meta: MetaFunction = () => [{ title: "Reset your password · Alert Whisperer" }];

type Answer = { result: SubmissionResult<string[]>; sent?: string };

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: resetForm });
  if (submission.status !== "success") return data<Answer>({ result: submission.reply() }, { status: 422 });
  const answer = await callApi(context, "POST", "/api/auth/reset", submission.value);
  if (!answer.ok)
    return data<Answer>({ result: refuse(submission, answer.error) }, { status: answer.status });
  return data<Answer>({ result: submission.reply(), sent: submission.value.email });
}

export default function Reset() {
  const answer = useActionData<typeof action>() as Answer | undefined;
  const busy = useNavigation().state !== "idle";
  const [form, fields] = useForm<{ email: string }>({ id: "reset", lastResult: answer?.result });
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Reset your password</h1>
      {answer?.sent ? (
        <p role="status" className="mt-3 text-sm text-soft">
          If an account has the address <span className="font-medium text-ink">{answer.sent}</span>, a link to
          choose a new password is on its way to it. It works once, for an hour.
        </p>
      ) : (
        <Form method="post" {...getFormProps(form)} noValidate className="mt-5 space-y-4">
          <FormError id={form.errorId} errors={form.errors} />
          <TextField
            meta={fields.email}
            label="E-mail"
            type="email"
            autoComplete="username"
            hint="We send a link to choose a new password."
            defaultValue={fields.email.initialValue}
            required
          />
          <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy}>
            {busy ? "Sending" : "Send the link"}
          </Button>
        </Form>
      )}
      <p className="mt-5 text-sm text-soft">
        <Link to="/login" className="font-medium text-accent underline underline-offset-2">
          Back to sign-in
        </Link>
      </p>
    </>
  );
}
