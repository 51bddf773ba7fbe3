import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import type { Me } from "../../core/company.ts";
import { Button } from "../components/ui/button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { signupForm } from "../lib/account-forms.server.ts";
import { callApi } from "../lib/api.server.ts";
import { forwardCookies } from "../lib/forward-cookies.server.ts";
import { refuse } from "../lib/reply.server.ts";

export const meta: MetaFunction = () => [{ title: "Create an account · Alert Whisperer" }];

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: signupForm });
  if (submission.status !== "success")
    return data(submission.reply({ hideFields: ["password"] }), { status: 422 });
  const answer = await callApi<Me>(context, "POST", "/api/auth/signup", submission.value);
  if (!answer.ok) return data(refuse(submission, answer.error, ["password"]), { status: answer.status });
  return redirect("/welcome", { headers: forwardCookies(answer.headers) });
}

interface Fields {
  msp_name: string;
  name: string;
  email: string;
  password: string;
}

export default function Signup() {
  const lastResult = useActionData<typeof action>();
  const navigation = useNavigation();
  const [form, fields] = useForm<Fields>({ id: "signup", lastResult });
  const busy = navigation.state !== "idle";
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Create an account</h1>
      <p className="mt-1 text-sm text-soft">
        For a managed service provider and the companies it looks after.
      </p>
      <Form method="post" {...getFormProps(form)} noValidate className="mt-5 space-y-4">
        <FormError id={form.errorId} errors={form.errors} />
        <TextField
          meta={fields.msp_name}
          label="Your company"
          autoComplete="organization"
          defaultValue={fields.msp_name.initialValue}
          required
        />
        <TextField
          meta={fields.name}
          label="Your name"
          autoComplete="name"
          defaultValue={fields.name.initialValue}
          required
        />
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
          autoComplete="new-password"
          hint="At least 8 characters."
          required
        />
        <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy}>
          {busy ? "Creating the account" : "Create account"}
        </Button>
      </Form>
      <p className="mt-5 text-sm text-soft">
        Already have one?{" "}
        <Link to="/login" className="font-medium text-accent underline underline-offset-2">
          Sign in
        </Link>
      </p>
    </>
  );
}
