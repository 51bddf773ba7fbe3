import { Link, NavLink } from "@remix-run/react";
import { cx } from "../../lib/cx.ts";
import { useScope } from "../../lib/use-console.ts";
import { Logo } from "../ui/logo.tsx";
import { NAV, scopedTo } from "./nav.ts";

/** Left rail on wide screens, icons alone on middling ones, a bar at the bottom of a phone. */
export function Rail() {
  const scope = useScope();
  return (
    <>
      <nav
        aria-label="Main"
        className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col border-r bg-surface sm:flex lg:w-52"
      >
        <Link to="/dashboard" className="flex h-12 items-center gap-2.5 px-4 font-semibold tracking-tight">
          <Logo className="size-6 shrink-0" />
          <span className="sr-only lg:not-sr-only">Alert Whisperer</span>
        </Link>
        <div className="mt-2 flex-1 overflow-y-auto px-2">
          <Items
            scope={scope}
            className="flex h-8 items-center gap-2.5 rounded-md px-3 text-sm lg:px-2.5"
            textClass="sr-only lg:not-sr-only"
          />
        </div>
      </nav>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden [&>ul]:flex [&_li]:flex-1"
      >
        <Items
          scope={scope}
          className="flex h-14 flex-col items-center justify-center gap-1 text-2xs"
          textClass=""
        />
      </nav>
    </>
  );
}

function Items({
  scope,
  className,
  textClass,
}: {
  scope: string | null;
  className: string;
  textClass: string;
}) {
  return (
    <ul className="sm:space-y-0.5">
      {NAV.map(({ to, label, icon: Icon, scoped }) => (
        <li key={to}>
          <NavLink
            to={scopedTo(to, scoped, scope)}
            title={label}
            className={({ isActive }) =>
              cx(
                className,
                isActive ? "font-medium text-ink sm:bg-hover" : "text-soft hover:text-ink sm:hover:bg-hover",
              )
            }
          >
            {({ isActive }) => (
              <>
                <Icon aria-hidden className={cx("size-4.5 shrink-0 sm:size-4", isActive && "text-accent")} />
                <span className={textClass}>{label}</span>
              </>
            )}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
