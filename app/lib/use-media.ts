import { useSyncExternalStore } from "react";

/** Whether a media query matches; `guess` stands in on the server. */
export function useMedia(query: string, guess: boolean): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
    () => guess,
  );
}

export const PHONE = "(max-width: 639px)";
