import { Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useEffect, useState } from "react";
import { applyTheme, readTheme, type Theme } from "../../lib/theme.ts";
import { Button } from "../ui/button.tsx";
import { MENU_ITEM, Menu } from "../ui/menu.tsx";

const ITEMS = [
  { theme: "dark", label: "Dark", icon: Moon },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "system", label: "System", icon: Monitor },
] as const;

export function ThemeMenu() {
  const [theme, setTheme] = useState<Theme | "">("");
  useEffect(() => setTheme(readTheme(document.cookie)), []);
  return (
    <Menu
      label="Theme"
      trigger={
        <Button look="quiet" size="icon" aria-label="Theme">
          <SunMoon aria-hidden className="size-4" />
        </Button>
      }
    >
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
