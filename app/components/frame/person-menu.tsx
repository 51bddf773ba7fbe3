import { Form, Link } from "@remix-run/react";
import { LogOut, Settings, UserRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Me } from "../../../core/company.ts";
import { roleMay } from "../../../core/permissions.ts";
import { ROLE_WORD } from "../../lib/role-words.ts";
import { Button } from "../ui/button.tsx";
import { MENU_ITEM, Menu } from "../ui/menu.tsx";

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? "?") + (parts.length > 1 ? (parts.at(-1)?.[0] ?? "") : "")).toUpperCase();
}

/** Who is signed in, their own pages, and the way out. */
export function PersonMenu({ me }: { me: Me }) {
  const { role } = me.user;
  return (
    <Menu
      label="Your account"
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
      <DropdownMenu.Label className="border-b px-2 pt-1 pb-2 text-sm">
        <span className="block font-medium">{me.user.name}</span>
        <span className="block text-xs text-soft">{me.user.email}</span>
        <span className="block text-xs text-faint">
          {ROLE_WORD[role]} at {me.msp.name}
        </span>
      </DropdownMenu.Label>
      <div className="border-b py-1">
        <DropdownMenu.Item asChild>
          <Link to="/profile" className={MENU_ITEM}>
            <UserRound aria-hidden className="size-4" />
            Profile
          </Link>
        </DropdownMenu.Item>
        {roleMay(role, "msp.settings") && (
          <DropdownMenu.Item asChild>
            <Link to="/settings" className={MENU_ITEM}>
              <Settings aria-hidden className="size-4" />
              Settings
            </Link>
          </DropdownMenu.Item>
        )}
      </div>
      <Form method="post" action="/logout" className="pt-1">
        <DropdownMenu.Item asChild onSelect={(event) => event.preventDefault()}>
          <button type="submit" className={`${MENU_ITEM} w-full`}>
            <LogOut aria-hidden className="size-4" />
            Sign out
          </button>
        </DropdownMenu.Item>
      </Form>
    </Menu>
  );
}
