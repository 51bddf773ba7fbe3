import { parseWithZod } from "@conform-to/zod/v4";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { useState } from "react";
import type { CompanyCreated, Me } from "../../core/company.ts";
import { roleMay } from "../../core/permissions.ts";
import { Setup } from "../components/companies/setup.tsx";
import { type Refusal, Wizard } from "../components/companies/wizard/wizard.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { command, load } from "../lib/api.server.ts";
import { newCompanyForm, timeZones } from "../lib/company-forms.server.ts";
import { wizardFields } from "../lib/new-company.ts";
import { checkPlanned } from "../lib/planned-windows.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Add a company · Alert Whisperer" }];

/** Leads whoever may not add companies away from here. */
async function guard({ request, context }: LoaderFunctionArgs): Promise<void> {
  const me = await load<Me>(context, request, "/api/me");
  if (roleMay(me.user.role, "company.create")) return;
  const detail = "Only your MSP’s administrators may add companies.";
  throw data({ error: "forbidden", detail }, { status: 403 });
}

export async function loader(args: LoaderFunctionArgs) {
  await guard(args);
  return { zones: timeZones() };
}

type Answer = { created: CompanyCreated } | { refusal: Refusal };

const refused = (fields: Record<string, string>, form: string | null, status: number) =>
  data<Answer>({ refusal: { fields, form } }, { status });

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const form = await request.formData();
  if (form.get("intent") === "check-window") {
    await guard(args);
    const checked = checkPlanned(form, Date.now());
    return data(checked, { status: checked.ok ? 200 : 422 });
  }
  const submission = parseWithZod(form, { schema: newCompanyForm });
  if (submission.status !== "success") {
    const wrong = Object.entries(submission.error ?? {}).map(([name, said]) => [name, said?.join(" ") ?? ""]);
    return refused(Object.fromEntries(wrong), null, 422);
  }
  const answer = await command<CompanyCreated>(context, request, "POST", "/api/companies", submission.value);
  if (answer.ok) return data<Answer>({ created: answer.value }, { status: 201 });
  const { fields, detail } = answer.error;
  return refused(wizardFields(fields ?? {}), fields ? null : detail, answer.status);
}

/** An action's answer goes with the next reading of the page's data; a key that is shown once must not. */
function useKept<T>(value: T | undefined): T | undefined {
  const { key } = useLocation();
  const [kept, setKept] = useState<{ value: T; key: string } | null>(null);
  // The place gets its key after the answer is there.
  if (value !== undefined && (kept?.value !== value || kept.key !== key)) setKept({ value, key });
  return value ?? (kept?.key === key ? kept.value : undefined);
}

export default function NewCompany() {
  const { zones } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as Answer | undefined;
  const created = useKept(answer && "created" in answer ? answer.created : undefined);
  if (created) {
    return (
      <div className="mx-auto max-w-3xl space-y-4 p-4">
        <PageHead
          title={`${created.company.name} is ready`}
          note="Point its monitoring tools at the webhook, or try it by hand."
        />
        <Setup created={created} />
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-xl space-y-4 p-4">
      <PageHead
        title="Add a company"
        note="A company whose servers you look after. Its alerts and incidents stay its own."
      />
      <Wizard zones={zones} refusal={answer && "refusal" in answer ? answer.refusal : undefined} />
    </div>
  );
}
