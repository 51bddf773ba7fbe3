import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from "react";

interface LazyMenuProps {
  /** A button; it looks and reads the same before its menu's code is there. */
  trigger: ReactElement;
  /** Fetches that code; the pointer over the button is enough of a reason. */
  load(): Promise<unknown>;
  /** The menu itself, open, around the button it is given. */
  children(trigger: ReactElement): ReactNode;
}

/** A menu of the frame, whose code no page has to load before somebody wants it. */
export function LazyMenu({ trigger, load, children }: LazyMenuProps) {
  const [wanted, setWanted] = useState(false);
  const fetchIt = () => void load();
  const closed = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setWanted(true),
    onKeyDown: (event: KeyboardEvent) => event.key === "ArrowDown" && setWanted(true),
    onPointerEnter: fetchIt,
    onFocus: fetchIt,
  });
  return wanted ? <Suspense fallback={closed}>{children(trigger)}</Suspense> : closed;
}
