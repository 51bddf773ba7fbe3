import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { RuleView } from "../../core/policy/rule.ts";
import { MspRules } from "../components/noise/msp-rules.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { load } from "../lib/api.server.ts";
import { MSP_RULES, runMspRulesAction } from "../lib/msp-rules.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Correlation · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { items } = await load<{ items: RuleView[] }>(context, request, MSP_RULES);
  return { rules: items };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await runMspRulesAction(context, request);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** How alerts of all companies are judged; each company's own settings are on its page. */
export default function Correlation() {
  const { rules } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  return (
    <div className="mx-auto max-w-7xl space-y-4 p-4">
      <PageHead
        title="Correlation"
        note="Rules for all companies. Each company's own rules are asked first; they and its settings are on the company's page."
      />
      <MspRules rules={rules} />
    </div>
  );
}
