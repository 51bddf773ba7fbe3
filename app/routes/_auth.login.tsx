import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { Form, Link, useActionData, useNavigation, useSearchParams } from "@remix-run/react";
import type { Me } from "../../core/company.ts";
import { Button } from "../components/ui/button.tsx";
import { TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { loginForm } from "../lib/account-forms.server.ts";
import { callApi } from "../lib/api.server.ts";
import { forwardCookies } from "../lib/forward-cookies.server.ts";
import { refuse } from "../lib/reply.server.ts";
import { safeNext } from "../lib/safe-next.ts";

export const meta: MetaFunction = () => [{ title: "Sign in · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const me = await callApi<Me>(context, "GET", "/api/me");
  if (me.ok) throw redirect(safeNext(new URL(request.url).searchParams.get("next")));
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: loginForm });
  if (submission.status !== "success")
    return data(submission.reply({ hideFields: ["password"] }), { status: 422 });
  const { email, password, next } = submission.value;
  const answer = await callApi<Me>(context, "POST", "/api/auth/login", { email, password });
  if (!answer.ok) return data(refuse(submission, answer.error, ["password"]), { status: answer.status });
  return redirect(safeNext(next), { headers: forwardCookies(answer.headers) });
}

export default function Login() {
  const lastResult = useActionData<typeof action>();
  const [params] = useSearchParams();
  const navigation = useNavigation();
  const [form, fields] = useForm<{ email: string; password: string; next?: string }>({
    id: "login",
    lastResult,
  });
  const next = params.get("next");
  const busy = navigation.state !== "idle";
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
      <Form method="post" {...getFormProps(form)} noValidate className="mt-5 space-y-4">
        <FormError id={form.errorId} errors={form.errors} />
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
        {next && <input type="hidden" name="next" value={next} />}
        <Button type="submit" look="primary" size="lg" className="w-full" disabled={busy}>
          {busy ? "Signing in" : "Sign in"}
        </Button>
      </Form>
      <p className="mt-5 text-sm text-soft">
        New here?{" "}
        <Link to="/signup" className="font-medium text-accent underline underline-offset-2">
          Create an account
        </Link>
      </p>
    </>
  );
}
