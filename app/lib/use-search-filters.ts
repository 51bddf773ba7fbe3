import { useLocation, useNavigation, useSearchParams } from "@remix-run/react";
import { useCallback } from "react";

/** Filters that live in the URL: an empty value leaves it. */
export function useSearchFilters() {
  const [params, setParams] = useSearchParams();
  const navigation = useNavigation();
  const { pathname } = useLocation();
  const set = useCallback(
    (changes: Record<string, string | null>) => {
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [key, value] of Object.entries(changes)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          next.delete("cursor");
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  // Filters of this page on their way: the list is dimmed meanwhile.
  const pending = navigation.state === "loading" && navigation.location.pathname === pathname;
  return { params, set, pending };
}
