import { useEffect, useState } from "react";
import { api } from "../../lib/api.ts";
import type { Heartbeats } from "../../lib/intake.server.ts";

/** A beat sends no live event: it must cost nothing. So whoever looks asks. */
const EVERY_MS = 5000;

/** The heartbeats as they are now, while the page is looked at; `stale`: they could not be read just now. */
export function useHeartbeats(companyId: string, first: Heartbeats) {
  const [read, setRead] = useState<{ over: Heartbeats; items: Heartbeats["items"] } | null>(null);
  const [stale, setStale] = useState(false);
  const watched = first.items.length > 0;
  useEffect(() => {
    if (!watched) return;
    const gone = new AbortController();
    const path = `/api/companies/${companyId}/heartbeats?unexpected=false`;
    async function look() {
      if (document.visibilityState !== "visible") return;
      const answer = await api<Heartbeats>(path, { signal: gone.signal });
      if (gone.signal.aborted) return;
      setStale(!answer.ok);
      if (answer.ok) setRead({ over: first, items: answer.value.items });
    }
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      gone.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [companyId, first, watched]);
  // What the page read itself, after a change for instance, is newer than what was asked before it.
  const items = read?.over === first ? read.items : first.items;
  return { items, stale };
}
