import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useNavigation } from "@remix-run/react";
import { useEffect } from "react";
import type { Me } from "../../core/company.ts";
import { roleMay } from "../../core/permissions.ts";
import { StepUp } from "../components/account/step-up.tsx";
import { CompanySwitcher } from "../components/frame/company-switcher.tsx";
import { LiveDot } from "../components/frame/live-dot.tsx";
import { PaletteButton } from "../components/frame/palette-button.tsx";
import { PersonMenu } from "../components/frame/person-menu.tsx";
import { Rail } from "../components/frame/rail.tsx";
import { ThemeMenu } from "../components/frame/theme-menu.tsx";
import { Toasts } from "../components/frame/toasts.tsx";
import { ErrorPage } from "../components/ui/error-page.tsx";
import { MENUS } from "../components/ui/menu-place.ts";
import { Skeleton } from "../components/ui/skeleton.tsx";
import { load } from "../lib/api.server.ts";
import { companyNames } from "../lib/company-names.server.ts";
import { NowProvider } from "../lib/now.tsx";
import { type ConsoleData, useViewer } from "../lib/use-console.ts";
import { useSlowNavigation } from "../lib/use-slow-navigation.ts";
import { liveStore } from "../live/store.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

/** A person's own pages, which those whose home is the portal share with the console. */
const OWN = /^\/(profile|help)(\/|$)/;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const me = await load<Me>(context, request, "/api/me");
  if (me.must_enrol) throw redirect("/security/enrol");
  const works = roleMay(me.user.role, "company.list");
  if (!works && !OWN.test(new URL(request.url).pathname)) throw redirect("/portal");
  const names = works ? await companyNames(context) : { companies: [], companiesKnown: false };
  const phone = /\bMobi/.test(request.headers.get("user-agent") ?? "");
  return { me, ...names, now: Date.now(), phone } satisfies ConsoleData;
}

/** Only what a form changed, or a deletion that ended; moving between pages changes neither person nor companies. */
export function shouldRevalidate({ formMethod, currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  if (currentUrl.searchParams.has("deletion") && !nextUrl.searchParams.has("deletion")) return true;
  return formMethod !== undefined && formMethod !== "GET";
}

export default function Console() {
  const { now, me } = useLoaderData<typeof loader>();
  const { may } = useViewer();
  const listens = may("live.read");
  useEffect(() => {
    if (listens) return liveStore.connect(me.session.id);
  }, [me.session.id, listens]);
  const { reloads } = useLive();
  const navigation = useNavigation();
  const slow = useSlowNavigation();
  // Once more later: what happened a moment before the greeting may not have been in the lists yet.
  useRevalidateOn(reloads, 100, 3000);
  return (
    <NowProvider initial={now}>
      <a
        href="#main"
        className="fixed -top-12 left-2 z-50 rounded-md bg-accent-solid px-3 py-2 text-sm text-white focus:top-2"
      >
        Skip to content
      </a>
      {navigation.state === "loading" && (
        <div aria-hidden className="fixed inset-x-0 top-0 z-50 h-0.5 animate-shimmer bg-accent" />
      )}
      <div className="flex min-h-dvh">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col max-sm:pb-14">
          <header className="sticky top-0 z-20 flex h-12 items-center gap-1.5 border-b bg-surface px-2 sm:px-4">
            {may("company.list") && <CompanySwitcher />}
            <div className="flex-1" />
            {may("company.list") && <PaletteButton />}
            {listens && <LiveDot />}
            <ThemeMenu />
            <PersonMenu me={me} />
            <div id={MENUS} />
          </header>
          <main id="main" tabIndex={-1} className="flex-1 outline-none">
            {slow ? <Skeleton rows={8} /> : <Outlet />}
          </main>
        </div>
      </div>
      <StepUp />
      <Toasts />
    </NowProvider>
  );
}

export function ErrorBoundary() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <ErrorPage />
    </main>
  );
}
