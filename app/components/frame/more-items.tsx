import { Link } from "@remix-run/react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { Menu } from "../ui/menu.tsx";
import { MENU_ITEM } from "../ui/menu-place.ts";
import { type Place, scopedTo } from "./nav.ts";

interface MoreItemsProps {
  places: readonly Place[];
  scope: string | null;
  trigger: ReactElement;
}

/** The places that a phone's bar has no room for. */
export default function MoreItems({ places, scope, trigger }: MoreItemsProps) {
  return (
    <Menu label="More" trigger={trigger}>
      {places.map(({ to, label, icon: Icon, scoped }) => (
        <DropdownMenu.Item key={to} asChild>
          <Link to={scopedTo(to, scoped, scope)} className={MENU_ITEM}>
            <Icon aria-hidden className="size-4 text-faint" />
            {label}
          </Link>
        </DropdownMenu.Item>
      ))}
    </Menu>
  );
}
