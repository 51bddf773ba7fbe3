import { Monitor, Moon, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useState } from "react";
import { applyTheme, readTheme, type Theme } from "../../lib/theme.ts";
import { Menu } from "../ui/menu.tsx";
import { MENU_ITEM } from "../ui/menu-place.ts";

const ITEMS = [
  { theme: "dark", label: "Dark", icon: Moon },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "system", label: "System", icon: Monitor },
] as const;

export default function ThemeItems({ trigger }: { trigger: ReactElement }) {
  const [theme, setTheme] = useState<Theme>(() => readTheme(document.cookie));
  return (
    <Menu label="Theme" trigger={trigger}>
      <DropdownMenu.RadioGroup
        value={theme}
        onValueChange={(value) => {
          const chosen = ITEMS.find((item) => item.theme === value)?.theme ?? "dark";
          setTheme(chosen);
          applyTheme(chosen);
        }}
      >
        {ITEMS.map(({ theme: value, label, icon: Icon }) => (
          <DropdownMenu.RadioItem
            key={value}
            value={value}
            className={`${MENU_ITEM} data-[state=checked]:text-accent`}
          >
            <Icon aria-hidden className="size-4" />
            {label}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </Menu>
  );
}
