import { lazy } from "react";
import type { Me } from "../../../core/company.ts";
import { Button } from "../ui/button.tsx";
import { LazyMenu } from "../ui/lazy-menu.tsx";

const load = () => import("./person-items.tsx");
const PersonItems = lazy(load);

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? "?") + (parts.length > 1 ? (parts.at(-1)?.[0] ?? "") : "")).toUpperCase();
}

/** The signed-in person's own menu. */
export function PersonMenu({ me }: { me: Me }) {
  return (
    <LazyMenu
      load={load}
      trigger={
        <Button look="quiet" size="icon">
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full border border-accent/30 bg-accent-wash text-2xs font-semibold text-accent"
          >
            {initials(me.user.name)}
          </span>
          <span className="sr-only">Your account</span>
        </Button>
      }
    >
      {(trigger) => <PersonItems me={me} trigger={trigger} />}
    </LazyMenu>
  );
}
