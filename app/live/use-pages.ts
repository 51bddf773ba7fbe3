import { useCallback, useRef, useState } from "react";
import { api } from "../lib/api.ts";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Further pages behind the loader's first, by the API's cursor. `path` carries the filters. */
export function usePages<T>(path: string, first: Page<T>) {
  const [extra, setExtra] = useState<T[]>([]);
  const [cursor, setCursor] = useState<string | null | undefined>(undefined);
  const [failed, setFailed] = useState<string | null>(null);
  const busy = useRef(false);
  const next = cursor === undefined ? first.next_cursor : cursor;

  const loadMore = useCallback(async () => {
    if (!next || busy.current) return;
    busy.current = true;
    const glue = path.includes("?") ? "&" : "?";
    const answer = await api<Page<T>>(`${path}${glue}cursor=${encodeURIComponent(next)}`);
    busy.current = false;
    if (!answer.ok) {
      setFailed(answer.error.detail);
      return;
    }
    setFailed(null);
    setExtra((old) => [...old, ...answer.value.items]);
    setCursor(answer.value.next_cursor);
  }, [next, path]);

  return { extra, hasMore: next !== null, loadMore, failed };
}
