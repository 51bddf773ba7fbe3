import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { UserPlus, Users } from "lucide-react";
import type { Me } from "../../core/company.ts";
import { roleMay } from "../../core/permissions.ts";
import { VerifyNote } from "../components/account/verify-note.tsx";
import { type Part, PartOf } from "../components/overview/part.tsx";
import { InvitationRows } from "../components/people/invitation-rows.tsx";
import { InviteDialog } from "../components/people/invite-dialog.tsx";
import { PersonRows } from "../components/people/person-rows.tsx";
import { Button } from "../components/ui/button.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { callApi, load } from "../lib/api.server.ts";
import { plural } from "../lib/format.ts";
import { runPeopleAction } from "../lib/people.server.ts";
import type { Invitation, List, Person } from "../lib/people-types.ts";
import { useConsole, useViewer } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "People · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [me, people] = await Promise.all([
    load<Me>(context, request, "/api/me"),
    load<List<Person>>(context, request, "/api/people"),
  ]);
  if (!roleMay(me.user.role, "people.manage")) return { people: people.items, invitations: null };
  const open = await callApi<List<Invitation>>(context, "GET", "/api/invitations");
  const invitations: Part<Invitation[]> = open.ok
    ? { value: open.value.items.filter(({ status }) => status === "open" || status === "expired") }
    : { problem: open.error.detail };
  return { people: people.items, invitations };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await runPeopleAction(context, request);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function People() {
  const { people, invitations } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { may } = useViewer();
  const { me } = useConsole();
  const [params, setParams] = useSearchParams();
  const inviting = params.has("invite");
  function setInviting(open: boolean) {
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (open) next.set("invite", "1");
        else next.delete("invite");
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  }
  const waiting = invitations && "value" in invitations && invitations.value.length > 0;
  const unverified = me.user.email_verified === false;
  return (
    <div className="mx-auto max-w-6xl space-y-4 p-4">
      <PageHead title="People" note={may("people.manage") ? undefined : "Only administrators change these."}>
        {may("people.manage") && (
          <Button look="primary" onClick={() => setInviting(true)} disabled={unverified}>
            <UserPlus aria-hidden className="size-4" />
            Invite
          </Button>
        )}
      </PageHead>
      {may("people.manage") && (
        <VerifyNote>Confirm your e-mail address first: until then, no invitation goes out.</VerifyNote>
      )}
      <Panel title={plural(people.length, "person", "people")} flush>
        <PersonRows people={people} />
        {people.length < 2 && !waiting && (
          <Empty icon={Users} title="You are alone here">
            {may("people.manage")
              ? "Invite your technicians, and clients who want to look at their own portal."
              : "Colleagues appear here once an administrator has invited them."}
          </Empty>
        )}
      </Panel>
      {invitations && (
        <Panel title="Open invitations" flush>
          <PartOf part={invitations}>
            {(items) =>
              items.length > 0 ? (
                <InvitationRows invitations={items} />
              ) : (
                <p className="px-4 py-5 text-sm text-soft">None is waiting to be accepted.</p>
              )
            }
          </PartOf>
        </Panel>
      )}
      {may("people.manage") && !unverified && <InviteDialog open={inviting} onOpenChange={setInviting} />}
    </div>
  );
}
