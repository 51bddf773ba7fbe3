import { Form, Link, NavLink, useSearchParams } from "@remix-run/react";
import { LogOut, UserRound } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { inkOn, parseHex, readableIn, toHex } from "../../../core/contrast.ts";
import type { Portal } from "../../../core/portal.ts";
import { cx } from "../../lib/cx.ts";
import type { LiveStatus } from "../../live/connection.ts";
import { ThemeMenu } from "../frame/theme-menu.tsx";
import { MENUS } from "../ui/menu.tsx";

/** The brand's colour where the pages have their accent, in shades that can be read. */
function accents(color: string | null): CSSProperties {
  const rgb = color === null ? null : parseHex(color);
  if (!rgb) return {};
  const [light, dark] = [toHex(readableIn(rgb, "light")), toHex(readableIn(rgb, "dark"))];
  return {
    "--color-accent": `light-dark(${light}, ${dark})`,
    "--color-accent-solid": light,
    "--color-accent-wash": `color-mix(in srgb, ${toHex(rgb)} 12%, var(--color-surface))`,
  } as CSSProperties;
}

function Mark({ brand }: { brand: Portal["brand"] }) {
  if (brand.logo_url) return <img src={brand.logo_url} alt="" className="h-8 max-w-36 object-contain" />;
  const color = parseHex(brand.color ?? "") ?? [95, 61, 208];
  return (
    <span
      aria-hidden
      className="grid size-8 shrink-0 place-items-center rounded-md text-sm font-semibold"
      style={{ background: toHex(color), color: toHex(inkOn(color)) }}
    >
      {brand.name.slice(0, 1).toUpperCase()}
    </span>
  );
}

const DOT: Record<LiveStatus, [look: string, says: string]> = {
  live: ["bg-ok", "Live: changes show by themselves"],
  connecting: ["bg-medium", "Connecting to live updates"],
  offline: ["bg-faint", "Offline: what you see may be outdated; reconnecting by itself"],
};

function LiveMark({ status }: { status: LiveStatus }) {
  const [look, says] = DOT[status];
  return (
    <span role="status" data-testid="live-dot" data-status={status} title={says} className="px-1.5">
      <span aria-hidden className={cx("block size-2 rounded-full", look)} />
      <span className="sr-only">{says}</span>
    </span>
  );
}

function CompanySwitch({ portal }: { portal: Portal }) {
  const [, setParams] = useSearchParams();
  if (portal.companies.length < 2) return null;
  return (
    <select
      aria-label="Company"
      value={portal.company.id}
      onChange={(event) => setParams({ company_id: event.currentTarget.value })}
      className="h-8 max-w-40 rounded-md border border-line-strong bg-surface px-2 text-sm"
    >
      {portal.companies.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

const PLACE =
  "rounded-md px-2.5 py-1.5 text-sm font-medium text-soft hover:bg-hover aria-[current=page]:text-accent";

/** The portal's page around its content: the provider's brand, two places, and who is signed in. */
export function PortalFrame({
  portal,
  status,
  children,
}: {
  portal: Portal;
  status: LiveStatus;
  children: ReactNode;
}) {
  const [params] = useSearchParams();
  const asked = params.get("company_id");
  const search = asked ? `?company_id=${encodeURIComponent(asked)}` : "";
  return (
    <div className="flex min-h-dvh flex-col" style={accents(portal.brand.color)}>
      <a
        href="#main"
        className="fixed -top-12 left-2 z-50 rounded-md bg-accent-solid px-3 py-2 text-sm text-white focus:top-2"
      >
        Skip to content
      </a>
      <div aria-hidden className="h-1 bg-accent-solid" />
      <header className="border-b bg-surface">
        <div className="mx-auto flex min-h-14 max-w-4xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
          <Mark brand={portal.brand} />
          <div className="min-w-0 flex-1">
            <p className="truncate text-sm font-semibold">{portal.brand.name || portal.provider}</p>
            <p className="truncate text-xs text-faint">for {portal.company.name}</p>
          </div>
          <CompanySwitch portal={portal} />
          <LiveMark status={status} />
          <ThemeMenu />
          <Link
            to="/profile"
            aria-label="Your profile"
            className="grid size-8 place-items-center rounded-md hover:bg-hover"
          >
            <UserRound aria-hidden className="size-4" />
          </Link>
          <Form method="post" action="/logout">
            <button
              type="submit"
              aria-label="Sign out"
              className="grid size-8 place-items-center rounded-md hover:bg-hover"
            >
              <LogOut aria-hidden className="size-4" />
            </button>
          </Form>
        </div>
        <nav aria-label="Portal" className="mx-auto flex max-w-4xl gap-1 px-2.5 pb-1.5">
          <NavLink end to={`/portal${search}`} className={PLACE}>
            Now
          </NavLink>
          <NavLink to={`/portal/history${search}`} className={PLACE}>
            History
          </NavLink>
        </nav>
        <div id={MENUS} />
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-4xl flex-1 space-y-4 p-4 outline-none">
        {children}
      </main>
      <footer className="mx-auto w-full max-w-4xl px-4 py-6 text-xs text-faint">
        Looked after by {portal.provider}.
      </footer>
    </div>
  );
}
