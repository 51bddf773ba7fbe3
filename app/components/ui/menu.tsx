import { DropdownMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import { MENUS } from "./menu-place.ts";

/** A drop-down of items behind one button, open at first: its code comes when it is wanted (`LazyMenu`). */
export function Menu({
  trigger,
  label,
  children,
}: {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
}) {
  // Only ever rendered in a browser, once somebody has asked for it.
  const [place] = useState(() => document.getElementById(MENUS));
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={place}>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className="z-50 min-w-48 animate-in rounded-md border bg-raised p-1 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
