import { Link, NavLink, useNavigate } from "@remix-run/react";
import type { CSSProperties, ReactNode } from "react";
import type { Me } from "../../../core/company.ts";
import { inkOn, parseHex, readableIn, toHex } from "../../../core/contrast.ts";
import { roleMay } from "../../../core/permissions.ts";
import type { Portal } from "../../../core/portal.ts";
import { companySearch } from "../../lib/use-portal.ts";
import type { LiveStatus } from "../../live/connection.ts";
import { PersonMenu } from "../frame/person-menu.tsx";
import { ThemeMenu } from "../frame/theme-menu.tsx";
import { LiveLight } from "../ui/live-light.tsx";
import { MENUS } from "../ui/menu-place.ts";

/** The brand's colour where the pages have their accent, in shades that can be read. */
function accents(color: string | null): CSSProperties {
  const rgb = color === null ? null : parseHex(color);
  if (!rgb) return {};
  const [light, dark] = [toHex(readableIn(rgb, "light")), toHex(readableIn(rgb, "dark"))];
  return {
    "--color-accent": `light-dark(${light}, ${dark})`,
    "--color-accent-solid": light,
    // Text in the accent lies on the wash: any tint of it could take the contrast away.
    "--color-accent-wash": "var(--color-surface)",
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

function CompanySwitch({ portal }: { portal: Portal }) {
  const navigate = useNavigate();
  if (portal.companies.length < 2) return null;
  return (
    <select
      aria-label="Company"
      value={portal.company.id}
      onChange={(event) => navigate(`/portal?company_id=${event.currentTarget.value}`)}
      className="h-8 max-w-40 rounded-md border border-line-strong bg-surface px-2 text-sm max-sm:order-last max-sm:h-9 max-sm:w-full max-sm:max-w-none"
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
  "border-b-2 border-transparent px-2.5 py-2 text-sm text-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink";

/** The portal's page around its content: the provider's brand, two places, and who is signed in. */
export function PortalFrame({
  me,
  portal,
  status,
  children,
}: {
  me: Me;
  portal: Portal;
  status: LiveStatus;
  children: ReactNode;
}) {
  const search = companySearch(portal);
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
          <LiveLight status={status} />
          <ThemeMenu />
          <PersonMenu me={me} />
        </div>
        <nav aria-label="Portal" className="mx-auto flex max-w-4xl gap-1 px-1.5">
          <NavLink end to={`/portal${search}`} className={PLACE}>
            Now
          </NavLink>
          <NavLink to={`/portal/history${search}`} className={PLACE}>
            History
          </NavLink>
          {roleMay(me.user.role, "company.list") && (
            <Link to="/dashboard" className={`${PLACE} ml-auto`}>
              Console
            </Link>
          )}
        </nav>
        <div id={MENUS} />
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-4xl flex-1 space-y-4 p-4 outline-none">
        {children}
      </main>
      <footer className="mx-auto w-full max-w-4xl px-4 py-6 text-xs text-faint">
        Looked after by {portal.provider}. Times are those of {portal.company.time_zone.replaceAll("_", " ")}.
      </footer>
    </div>
  );
}
