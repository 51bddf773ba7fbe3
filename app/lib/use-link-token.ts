import { useParams } from "@remix-run/react";
import { useEffect, useState } from "react";

/**
 * The one-time token of a mailed link, from `#token=`, `?token=` or the path; taken out of the address at
 * once, so that neither the history nor a next page's referrer keeps it.
 * @returns null where the address has none, undefined until the browser has looked
 */
export function useLinkToken(cleanPath: string): string | null | undefined {
  const { token: inPath } = useParams();
  const [token, setToken] = useState<string | null | undefined>();
  useEffect(() => {
    const { hash, search } = location;
    const inHash =
      new URLSearchParams(hash.slice(1)).get("token") || (/^#[\w.-]{16,}$/.exec(hash)?.[0].slice(1) ?? null);
    const found = inHash ?? new URLSearchParams(search).get("token") ?? inPath ?? null;
    if (found) history.replaceState(history.state, "", cleanPath);
    // A second look of the same page finds the address already clean.
    setToken((known) => found ?? known ?? null);
  }, [inPath, cleanPath]);
  return token;
}

/** Headers of the pages that mailed links open. `same-origin`: with less, forms would lose their Origin. */
export function linkPageHeaders(): HeadersInit {
  return { "Referrer-Policy": "same-origin", "Cache-Control": "private, no-store" };
}
