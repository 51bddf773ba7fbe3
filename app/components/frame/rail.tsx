import { Link, NavLink } from "@remix-run/react";
import { Ellipsis } from "lucide-react";
import { lazy } from "react";
import { cx } from "../../lib/cx.ts";
import { useScope, useViewer } from "../../lib/use-console.ts";
import { LazyMenu } from "../ui/lazy-menu.tsx";
import { Logo } from "../ui/logo.tsx";
import { type Place, placesFor, scopedTo } from "./nav.ts";

const loadMore = () => import("./more-items.tsx");
const MoreItems = lazy(loadMore);

/** What fits beside "More" on a phone's bar. */
const ON_BAR = 4;
const BAR_ITEM = "flex h-14 flex-col items-center justify-center gap-1 text-2xs";

/** Left rail on wide screens, icons alone on middling ones, a bar at the bottom of a phone. */
export function Rail() {
  const scope = useScope();
  const { role } = useViewer();
  const places = placesFor(role);
  const rest = places.length > ON_BAR + 1 ? places.slice(ON_BAR) : [];
  return (
    <>
      <nav
        aria-label="Main"
        className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col border-r bg-surface sm:flex lg:w-52"
      >
        <Link
          to={places[0]?.to ?? "/"}
          className="flex h-12 items-center gap-2.5 px-4 font-semibold tracking-tight"
        >
          <Logo className="size-6 shrink-0" />
          <span className="sr-only lg:not-sr-only">Alert Whisperer</span>
        </Link>
        <ul className="mt-2 flex-1 space-y-0.5 overflow-y-auto px-2">
          {places.map((place) => (
            <Item
              key={place.to}
              place={place}
              scope={scope}
              className="flex h-8 items-center gap-2.5 rounded-md px-3 text-sm lg:px-2.5"
              textClass="sr-only lg:not-sr-only"
            />
          ))}
        </ul>
      </nav>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
      >
        <ul className="flex [&>li]:min-w-0 [&>li]:flex-1">
          {places.slice(0, rest.length > 0 ? ON_BAR : undefined).map((place) => (
            <Item key={place.to} place={place} scope={scope} className={BAR_ITEM} textClass="" />
          ))}
          {rest.length > 0 && (
            <li>
              <More places={rest} scope={scope} />
            </li>
          )}
        </ul>
      </nav>
    </>
  );
}

function More({ places, scope }: { places: readonly Place[]; scope: string | null }) {
  return (
    <LazyMenu
      load={loadMore}
      trigger={
        <button type="button" className={cx(BAR_ITEM, "w-full text-soft")}>
          <Ellipsis aria-hidden className="size-4.5" />
          More
        </button>
      }
    >
      {(trigger) => <MoreItems places={places} scope={scope} trigger={trigger} />}
    </LazyMenu>
  );
}

interface ItemProps {
  place: Place;
  scope: string | null;
  className: string;
  textClass: string;
}

function Item({ place: { to, label, icon: Icon, scoped }, scope, className, textClass }: ItemProps) {
  return (
    <li>
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
  );
}
