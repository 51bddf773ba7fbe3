import { useSyncExternalStore } from "react";
import { useConsole } from "./use-console.ts";

/** A key or secret that was just made and can be read this once. */
export interface FreshKeys {
  api_key?: string;
  hmac_secret?: string;
}

/** In this tab's memory alone, by session and company: a reload or another sign-in knows nothing of them. */
const known = new Map<string, FreshKeys>();
const listeners = new Set<() => void>();
const NONE: FreshKeys = {};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The company's fresh keys, and how to keep more of them; call `keep` from effects alone. */
export function useFreshKeys(companyId: string): { fresh: FreshKeys; keep(keys: FreshKeys): void } {
  const { me } = useConsole();
  const at = `${me.session.id} ${companyId}`;
  const fresh = useSyncExternalStore(
    subscribe,
    () => known.get(at) ?? NONE,
    () => NONE,
  );
  return {
    fresh,
    keep({ api_key, hmac_secret }) {
      const before = known.get(at) ?? NONE;
      const after = { ...before, ...(api_key && { api_key }), ...(hmac_secret && { hmac_secret }) };
      if (after.api_key === before.api_key && after.hmac_secret === before.hmac_secret) return;
      known.set(at, after);
      for (const listener of listeners) listener();
    },
  };
}
