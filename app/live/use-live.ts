import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Incident } from "../../core/incident.ts";
import { EMPTY, type LiveState, liveStore } from "./store.ts";

export function useLive(): LiveState {
  return useSyncExternalStore(liveStore.subscribe, liveStore.snapshot, () => EMPTY);
}

/** The incident as the server sent it, or the stream's newer one. */
export function newest(incident: Incident, live: LiveState): Incident {
  const other = live.incidents.get(incident.id);
  return other && other.version > incident.version ? other : incident;
}

/**
 * Reloads the page's data when `signal` changes, at most once per `quietMs`; and once more `laterMs`
 * after the last change, because lists are a projection that runs a moment behind the stream.
 */
export function useRevalidateOn(signal: unknown, quietMs: number, laterMs?: number): void {
  const { revalidate } = useRevalidator();
  const known = useRef(signal);
  const soon = useRef<ReturnType<typeof setTimeout>>();
  const later = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    if (known.current === signal) return;
    known.current = signal;
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      revalidate();
    }, quietMs);
    if (laterMs === undefined) return;
    clearTimeout(later.current);
    later.current = setTimeout(revalidate, laterMs);
  }, [signal, quietMs, laterMs, revalidate]);
  useEffect(
    () => () => {
      clearTimeout(soon.current);
      soon.current = undefined;
      clearTimeout(later.current);
    },
    [],
  );
}
