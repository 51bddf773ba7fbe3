import { useEffect, useState } from "react";
import type { Incident } from "../../../core/incident.ts";
import { api } from "../../lib/api.ts";

const PAUSE_MS = 150;

/** The first few incidents that match what is typed. */
export function useIncidentSearch(text: string): Incident[] {
  const [found, setFound] = useState<Incident[]>([]);
  const query = text.trim();
  useEffect(() => {
    if (!query) {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await api<{ items: Incident[] }>(
        `/api/incidents?limit=6&q=${encodeURIComponent(query)}`,
        {
          signal: abort.signal,
        },
      );
      if (!abort.signal.aborted) setFound(answer.ok ? answer.value.items : []);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  return found;
}
