import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { Me } from "../../core/company.ts";
import { roleMay } from "../../core/permissions.ts";
import { PartOf } from "../components/overview/part.tsx";
import { AccessPanel } from "../components/profile/access-panel.tsx";
import { ContactsPanel } from "../components/profile/contacts-panel.tsx";
import { PasskeysPanel } from "../components/profile/passkeys-panel.tsx";
import { PasswordPanel } from "../components/profile/password-panel.tsx";
import { PersonPanel } from "../components/profile/person-panel.tsx";
import { SessionsPanel } from "../components/profile/sessions-panel.tsx";
import { TokensPanel } from "../components/profile/tokens-panel.tsx";
import { TwoFactorPanel } from "../components/profile/two-factor-panel.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { load } from "../lib/api.server.ts";
import { timeZones } from "../lib/company-forms.server.ts";
import { loadProfile, runProfileAction } from "../lib/profile.server.ts";
import { useConsole } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Profile · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const me = await load<Me>(context, request, "/api/me");
  const parts = await loadProfile(context, roleMay(me.user.role, "own.tokens"));
  return { ...parts, zones: timeZones() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await runProfileAction(context, request, Date.now());
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function ProfilePage() {
  const { profile, contacts, totp, passkeys, sessions, tokens, zones } = useLoaderData() as Awaited<
    ReturnType<typeof loader>
  >;
  const { me } = useConsole();
  return (
    <div className="mx-auto max-w-6xl space-y-4 p-4">
      <PageHead title="Profile" note={me.user.email} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <Panel title="You">
            <PartOf part={profile}>{(value) => <PersonPanel profile={value} zones={zones} />}</PartOf>
          </Panel>
          <AccessPanel />
          <Panel title="Contact methods" flush>
            <PartOf part={contacts}>{({ items }) => <ContactsPanel contacts={items} />}</PartOf>
          </Panel>
          <Panel title="Password">
            <PasswordPanel />
          </Panel>
        </div>
        <div className="min-w-0 space-y-4">
          <Panel title="Two-factor sign-in">
            <PartOf part={totp}>{(value) => <TwoFactorPanel totp={value} />}</PartOf>
          </Panel>
          <Panel title="Passkeys" flush>
            <PartOf part={passkeys}>{({ items }) => <PasskeysPanel passkeys={items} />}</PartOf>
          </Panel>
          <Panel title="Sessions" flush>
            <PartOf part={sessions}>{({ items }) => <SessionsPanel sessions={items} />}</PartOf>
          </Panel>
          {tokens && (
            <Panel title="Personal access tokens" flush>
              <PartOf part={tokens}>{({ items }) => <TokensPanel tokens={items} />}</PartOf>
            </Panel>
          )}
        </div>
      </div>
    </div>
  );
}
