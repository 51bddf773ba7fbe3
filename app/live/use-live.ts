import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
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
 * after the last change, because lists are a projection that runs a moment behind the stream. While the
 * line is down it waits: a reload that fails would take away what the reader still has.
 */
export function useRevalidateOn(signal: unknown, quietMs: number, laterMs?: number): void {
  const { status } = useLive();
  const { revalidate } = useRevalidator();
  const known = useRef(signal);
  const soon = useRef<ReturnType<typeof setTimeout>>();
  const later = useRef<ReturnType<typeof setTimeout>>();
  const owed = useRef(false);
  const reload = useCallback(() => {
    owed.current = liveStore.snapshot().status !== "live";
    if (!owed.current) revalidate();
  }, [revalidate]);
  useEffect(() => {
    if (status === "live" && owed.current) reload();
  }, [status, reload]);
  useEffect(() => {
    if (known.current === signal) return;
    known.current = signal;
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      reload();
    }, quietMs);
    if (laterMs === undefined) return;
    clearTimeout(later.current);
    later.current = setTimeout(reload, laterMs);
  }, [signal, quietMs, laterMs, reload]);
  useEffect(
    () => () => {
      clearTimeout(soon.current);
      soon.current = undefined;
      clearTimeout(later.current);
    },
    [],
  );
}
