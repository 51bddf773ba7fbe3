import { useRef, useState } from "react";

/** Whether a scrolling list is being read: scrolled away from its top, or under the pointer. */
export function useReading() {
  const [scrolled, setScrolled] = useState(false);
  const [hovered, setHovered] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  return {
    ref,
    reading: scrolled || hovered,
    handlers: {
      onScroll: () => setScrolled((ref.current?.scrollTop ?? 0) > 4),
      onPointerEnter: (event: { pointerType: string }) => event.pointerType === "mouse" && setHovered(true),
      onPointerLeave: () => setHovered(false),
    },
  };
}
