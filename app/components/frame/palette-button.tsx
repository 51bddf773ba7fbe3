import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";

const Palette = lazy(() => import("./palette.tsx"));

/** Opens the palette, also by Ctrl-K or Cmd-K from anywhere. */
export function PaletteButton() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K"
        className="max-sm:w-9 max-sm:px-0 sm:w-64 sm:justify-start sm:bg-sunken sm:text-faint"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-sm:sr-only">
          Search<span className="sr-only"> and commands</span>
        </span>
        <kbd aria-hidden className="ml-auto rounded-sm border px-1.5 font-sans text-2xs max-sm:hidden">
          Ctrl K
        </kbd>
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
