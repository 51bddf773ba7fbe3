import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { InvitationsPanel, PeoplePanel } from "../components/companies/people-panel.tsx";
import { PartOf } from "../components/overview/part.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { callApi } from "../lib/api.server.ts";
import { useCompany } from "../lib/company-context.ts";
import { loadPart } from "../lib/company-loads.server.ts";
import type { Invitation, List, Person } from "../lib/people-types.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "People · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const [people, invited] = await Promise.all([
    loadPart<List<Person>>(context, "/api/people"),
    // Those who may not invite have no such list.
    callApi<List<Invitation>>(context, "GET", "/api/invitations"),
  ]);
  const here = (one: { company_ids: string[] }) => one.company_ids.includes(params.id ?? "");
  return {
    people: "value" in people ? { value: people.value.items.filter(here) } : people,
    invitations: invited.ok ? invited.value.items.filter((one) => one.status === "open" && here(one)) : [],
  };
}

export default function PeopleTab() {
  const { people, invitations } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { id } = useCompany();
  return (
    <div className="max-w-4xl space-y-4">
      {"value" in people ? (
        <PeoplePanel people={people.value} companyId={id} />
      ) : (
        <Panel title="People of this company">
          <PartOf part={people}>{() => null}</PartOf>
        </Panel>
      )}
      <InvitationsPanel invitations={invitations} />
    </div>
  );
}
