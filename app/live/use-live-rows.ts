import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { inOrder } from "./order.ts";

interface LiveRowsInput<T extends { id: string }> {
  /** The loader's first page. */
  base: T[];
  /** Pages loaded since, in order. */
  extra: T[];
  hasMore: boolean;
  live: ReadonlyMap<string, T>;
  matches(item: T): boolean;
  compare(a: T, b: T): number;
  newer(a: T, b: T): boolean;
  /** While true nothing moves: new rows wait. */
  reading: boolean;
}

interface LiveRows<T> {
  rows: T[];
  /** How many rows wait to be shown. */
  pending: number;
  showPending(): void;
}

/**
 * A list under a live stream: while somebody reads, rows change but keep their place and new ones wait;
 * otherwise it is kept in order. A row that no longer matches stays until new ones are let in.
 */
export function useLiveRows<T extends { id: string }>(input: LiveRowsInput<T>): LiveRows<T> {
  const { base, extra, hasMore, live, matches, compare, newer, reading } = input;
  const known = useRef(new Map<string, T>());
  const [shown, setShown] = useState(() => base.map((item) => item.id));

  const all = useMemo(() => {
    const map = known.current;
    for (const items of [base, extra, live.values()]) {
      for (const item of items) {
        const old = map.get(item.id);
        if (!old || newer(item, old)) map.set(item.id, item);
      }
    }
    return new Map(map);
  }, [base, extra, live, newer]);

  const waiting = useMemo(() => {
    const there = new Set(shown);
    const loaded = new Set([...base, ...extra].map((item) => item.id));
    const last = all.get((extra.at(-1) ?? base.at(-1))?.id ?? "");
    const inRange = (item: T) => !hasMore || !last || compare(item, last) < 0;
    return [...all.values()].filter(
      (item) => !there.has(item.id) && matches(item) && (loaded.has(item.id) || inRange(item)),
    );
  }, [all, shown, base, extra, hasMore, matches, compare]);

  // Pages further down only ever append: the reader asked for them.
  const appended = useMemo(() => {
    const ids = new Set(extra.map((item) => item.id));
    return waiting.filter((item) => ids.has(item.id));
  }, [waiting, extra]);
  const fresh = waiting.length - appended.length;

  const reorder = useCallback(() => {
    setShown((ids) => {
      const items = [...new Set([...ids, ...waiting.map((item) => item.id)])].flatMap(
        (id) => all.get(id) ?? [],
      );
      return items
        .filter(matches)
        .sort(compare)
        .map((item) => item.id);
    });
  }, [waiting, all, matches, compare]);

  useEffect(() => {
    if (appended.length) setShown((ids) => [...new Set([...ids, ...appended.map((item) => item.id)])]);
  }, [appended]);

  useEffect(() => {
    if (!reading && fresh > 0) reorder();
  }, [reading, fresh, reorder]);

  const rows = useMemo(() => shown.flatMap((id) => all.get(id) ?? []), [shown, all]);
  useEffect(() => {
    if (!reading && !inOrder(rows, compare)) setShown([...rows].sort(compare).map((item) => item.id));
  }, [reading, rows, compare]);
  return { rows, pending: reading ? fresh : 0, showPending: reorder };
}
