import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type MetaFunction } from "@remix-run/cloudflare";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import type { CompanyCreated } from "../../core/company.ts";
import { Setup } from "../components/companies/setup.tsx";
import { Button } from "../components/ui/button.tsx";
import { SelectField, TextField } from "../components/ui/field.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { command } from "../lib/api.server.ts";
import { newCompanyForm, timeZones } from "../lib/company-forms.server.ts";
import { refuse } from "../lib/reply.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Add a company · Alert Whisperer" }];

export function loader() {
  return { zones: timeZones() };
}

type Answer = { created: CompanyCreated } | { result: SubmissionResult<string[]> };

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: newCompanyForm });
  if (submission.status !== "success") return data<Answer>({ result: submission.reply() }, { status: 422 });
  const answer = await command<CompanyCreated>(context, request, "POST", "/api/companies", submission.value);
  if (!answer.ok)
    return data<Answer>({ result: refuse(submission, answer.error) }, { status: answer.status });
  return data<Answer>({ created: answer.value }, { status: 201 });
}

export default function NewCompany() {
  const answer = useActionData<typeof action>() as Answer | undefined;
  if (answer && "created" in answer) {
    return (
      <div className="mx-auto max-w-3xl space-y-4 p-4">
        <PageHead
          title={`${answer.created.company.name} is ready`}
          note="Point its monitoring tools at the webhook, or try it by hand."
        />
        <Setup created={answer.created} />
      </div>
    );
  }
  return <NewCompanyForm result={answer?.result} />;
}

function NewCompanyForm({ result }: { result: SubmissionResult<string[]> | undefined }) {
  const { zones } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const [form, fields] = useForm<{ name: string; time_zone: string }>({
    id: "new-company",
    lastResult: result,
    defaultValue: { time_zone: "UTC" },
  });
  return (
    <div className="mx-auto max-w-xl space-y-4 p-4">
      <PageHead
        title="Add a company"
        note="A company whose servers you look after. Its alerts and incidents stay its own."
      />
      <Panel title="Basics">
        <Form method="post" {...getFormProps(form)} noValidate className="space-y-4">
          <FormError errors={form.errors} />
          <TextField
            meta={fields.name}
            label="Name"
            defaultValue={fields.name.initialValue}
            autoComplete="off"
            required
          />
          <SelectField meta={fields.time_zone} label="Time zone" defaultValue={fields.time_zone.initialValue}>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </SelectField>
          <Button type="submit" look="primary" disabled={busy}>
            {busy ? "Adding" : "Add company"}
          </Button>
        </Form>
      </Panel>
    </div>
  );
}
