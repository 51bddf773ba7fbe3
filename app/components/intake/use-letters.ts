import { useCallback, useEffect, useRef, useState } from "react";
import type { DeadLetter } from "../../../core/dead-letter.ts";
import { api } from "../../lib/api.ts";
import type { Letters } from "../../lib/intake.server.ts";

type Page = Pick<Letters, "items" | "next_cursor" | "left">;
/** What was opened under these filters. */
type More = Page & { path: string };

/**
 * Pages behind the loader's first. Whenever that is read anew, because something was sent again, deleted or came,
 * those that were opened are read anew as well. `path` carries the filters.
 */
export function useLetters(path: string, first: Letters) {
  const [more, setMore] = useState<More | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const opened = useRef({ path, pages: 0 });
  const gone = useRef(new AbortController());

  const shown = more?.path === path ? more : null;
  const read = useCallback(
    async (from: Page, pages: number) => {
      gone.current.abort();
      const own = new AbortController();
      gone.current = own;
      setBusy(true);
      setProblem(null);
      const items: DeadLetter[] = [];
      let last = from;
      for (let page = 0; page < pages && last.next_cursor; page += 1) {
        const query = `${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(last.next_cursor)}`;
        const answer = await api<Page>(path + query, { signal: own.signal });
        if (own.signal.aborted) return null;
        if (!answer.ok) {
          setBusy(false);
          setProblem(answer.error.detail);
          return null;
        }
        last = answer.value;
        items.push(...last.items);
      }
      setBusy(false);
      return { ...last, items };
    },
    [path],
  );

  useEffect(() => {
    const before = opened.current;
    if (before.path !== path) opened.current = { path, pages: 0 };
    if (opened.current.pages === 0) return setMore(null);
    read(first, opened.current.pages).then((page) => page && setMore({ ...page, path }));
    return () => gone.current.abort();
  }, [first, path, read]);

  const loadMore = useCallback(async () => {
    const page = await read(shown ?? first, 1);
    if (!page) return;
    opened.current = { path, pages: opened.current.pages + 1 };
    setMore({ ...page, path, items: [...(shown?.items ?? []), ...page.items] });
  }, [read, shown, first, path]);

  // Until the pages are read anew, one of them may hold what has moved up to the first.
  const known = new Set(first.items.map(({ id }) => id));
  const behind = shown?.items.filter(({ id }) => !known.has(id)) ?? [];
  return { items: [...first.items, ...behind], left: (shown ?? first).left, loadMore, busy, problem };
}
