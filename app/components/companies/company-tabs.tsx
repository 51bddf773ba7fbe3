import { NavLink, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { cx } from "../../lib/cx.ts";

const TABS = [
  ["", "Overview"],
  ["integrations", "Integrations"],
  ["intake", "Intake"],
  ["correlation", "Correlation"],
  ["noise", "Noise"],
  ["sla", "SLA"],
  ["notifications", "Notifications"],
  ["automation", "Automation"],
  ["aws", "AWS"],
  ["security", "Security"],
  ["branding", "Branding"],
  ["assets", "Assets"],
  ["people", "People"],
  ["data", "Data"],
] as const;

/** A company's pages; on a phone the row scrolls. */
export function CompanyTabs({ id }: { id: string }) {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const tabs = [...(row.current?.querySelectorAll("a") ?? [])];
    const here = tabs.find((tab) => tab.getAttribute("href") === pathname);
    here?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [pathname]);
  return (
    <nav
      ref={row}
      aria-label="Company"
      className="-mx-4 overflow-x-auto border-b px-4 [scrollbar-width:none]"
    >
      <ul className="flex gap-1">
        {TABS.map(([path, name]) => (
          <li key={name}>
            <NavLink
              to={path ? `/companies/${id}/${path}` : `/companies/${id}`}
              end={path === ""}
              prefetch="intent"
              className={({ isActive }) =>
                cx(
                  "block border-b-2 px-3 py-2 text-sm whitespace-nowrap -outline-offset-2",
                  isActive
                    ? "border-accent font-medium text-ink"
                    : "border-transparent text-soft hover:text-ink",
                )
              }
            >
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
