import { Form, Link } from "@remix-run/react";
import { LogOut, Settings, UserRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import type { Me } from "../../../core/company.ts";
import { roleMay } from "../../../core/permissions.ts";
import { ROLE_WORD } from "../../lib/role-words.ts";
import { Menu } from "../ui/menu.tsx";
import { MENU_ITEM } from "../ui/menu-place.ts";

/** Who is signed in, their own pages, and the way out. */
export default function PersonItems({ me, trigger }: { me: Me; trigger: ReactElement }) {
  const { role } = me.user;
  return (
    <Menu label="Your account" trigger={trigger}>
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
