import { useLocation, useNavigation, useSearchParams } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

/** Filters that live in the URL: an empty value leaves it. */
export function useSearchFilters() {
  const [params, setParams] = useSearchParams();
  const navigation = useNavigation();
  const { pathname } = useLocation();
  // Filters of this page on their way: the list is dimmed meanwhile.
  const pending = navigation.state === "loading" && navigation.location.pathname === pathname;
  const target = pending ? navigation.location.search : null;
  // Where the address will be: a second choice builds on a first one that is still loading.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = target === null ? params : new URLSearchParams(target);
  }, [params, target]);
  const set = useCallback(
    (changes: Record<string, string | null>) => {
      const next = new URLSearchParams(latest.current);
      for (const [key, value] of Object.entries(changes)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      next.delete("cursor");
      latest.current = next;
      setParams(next, { replace: true, preventScrollReset: true });
    },
    [setParams],
  );
  return { params, set, pending };
}
