import { useEffect, useRef } from "react";

const TYPING = "input, textarea, select, [contenteditable='true'], [role='dialog'], [role='menu']";

/**
 * Single-key shortcuts of the page. They rest while somebody types, in dialogs and menus, and with
 * Ctrl, Alt or Meta held. A key is named as KeyboardEvent.key names it.
 */
export function useHotkeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      const run = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (!run) return;
      run(event);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
