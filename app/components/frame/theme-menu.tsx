import { SunMoon } from "lucide-react";
import { lazy } from "react";
import { Button } from "../ui/button.tsx";
import { LazyMenu } from "../ui/lazy-menu.tsx";

const load = () => import("./theme-items.tsx");
const ThemeItems = lazy(load);

export function ThemeMenu() {
  return (
    <LazyMenu
      load={load}
      trigger={
        <Button look="quiet" size="icon" aria-label="Theme">
          <SunMoon aria-hidden className="size-4" />
        </Button>
      }
    >
      {(trigger) => <ThemeItems trigger={trigger} />}
    </LazyMenu>
  );
}
