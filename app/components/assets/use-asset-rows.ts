import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Asset } from "../../../core/asset-schema.ts";
import { api } from "../../lib/api.ts";
import { ASSET_PAGE, type AssetPage, keptOrder } from "../../lib/asset-query.ts";
import { useLive, useRevalidateOn } from "../../live/use-live.ts";

/** Changes when an alert of this company came, went or changed. */
export function useCompanySignal(companyId: string): unknown {
  const { alerts } = useLive();
  return useMemo(() => {
    let newest: unknown;
    for (const alert of alerts.values()) if (alert.company_id === companyId) newest = alert;
    return newest;
  }, [alerts, companyId]);
}

/**
 * The rows of the list: the loader's page, further ones as somebody scrolls, all of them read again when
 * alerts come, because health is the server's to tell. While somebody reads, nothing moves.
 */
export function useAssetRows(companyId: string, query: string, first: AssetPage, reading: boolean) {
  const path = `/api/companies/${companyId}/assets?${query}&limit=${ASSET_PAGE}`;
  useRevalidateOn(useCompanySignal(companyId), 700, 3000);
  const [extra, setExtra] = useState<AssetPage[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  const job = useRef({ start: first, pages: extra, wanted: 0, running: false });

  /** Reads on from `start` until as many pages are there as are wanted; one at a time, whoever asks. */
  const run = useCallback(async () => {
    const state = job.current;
    if (state.running) return;
    state.running = true;
    let problem: string | null = null;
    for (;;) {
      const { start, pages, wanted } = state;
      const cursor = (pages.at(-1) ?? start).next_cursor;
      if (pages.length >= wanted || !cursor) break;
      const answer = await api<AssetPage>(`${path}&cursor=${encodeURIComponent(cursor)}`);
      // The first page was read again meanwhile: begin behind that.
      if (state.start !== start) continue;
      if (answer.ok) state.pages = [...pages, answer.value];
      else {
        problem = answer.error.detail;
        state.wanted = pages.length;
        break;
      }
    }
    state.running = false;
    setFailed(problem);
    if (!problem) setExtra(state.pages);
  }, [path]);

  // The first page was read again: so are those below it.
  useEffect(() => {
    if (job.current.start === first) return;
    job.current.start = first;
    job.current.pages = [];
    void run();
  }, [first, run]);

  const shown = extra.length;
  const loadMore = useCallback(() => {
    job.current.wanted = Math.max(job.current.wanted, shown + 1);
    void run();
  }, [shown, run]);

  const listed = useMemo(() => {
    const items = [first, ...extra].flatMap((page) => page.items);
    return [...new Map(items.map((asset) => [asset.id, asset])).values()];
  }, [first, extra]);
  const before = useRef({ order: [] as string[], pages: 0 });
  const rows: Asset[] = useMemo(() => {
    const { order, pages } = before.current;
    const known = new Set(order);
    // Further pages only ever append: the reader asked for them.
    const added = extra.slice(pages).flatMap((page) => page.items.filter(({ id }) => !known.has(id)));
    return reading ? [...keptOrder(listed, order), ...added] : listed;
  }, [listed, reading, extra]);
  before.current = { order: rows.map(({ id }) => id), pages: extra.length };
  return { rows, total: first.total, failed, loadMore };
}
