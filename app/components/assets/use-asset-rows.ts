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
  const busy = useRef(false);
  const pages = useRef(extra);
  pages.current = extra;

  const read = useCallback(
    async (start: AssetPage, many: number) => {
      busy.current = true;
      const found: AssetPage[] = [];
      let cursor = start.next_cursor;
      while (cursor && found.length < many) {
        const answer = await api<AssetPage>(`${path}&cursor=${encodeURIComponent(cursor)}`);
        if (!answer.ok) {
          setFailed(answer.error.detail);
          break;
        }
        setFailed(null);
        found.push(answer.value);
        cursor = answer.value.next_cursor;
      }
      busy.current = false;
      return found;
    },
    [path],
  );

  // The first page was read again: so are those below it.
  useEffect(() => {
    const many = pages.current.length;
    if (many > 0) read(first, many).then((found) => found.length === many && setExtra(found));
  }, [first, read]);

  const loadMore = useCallback(async () => {
    const last = pages.current.at(-1) ?? first;
    if (busy.current || !last.next_cursor) return;
    const found = await read(last, 1);
    setExtra((old) => [...old, ...found]);
  }, [first, read]);

  const listed = useMemo(() => {
    const items = [first, ...extra].flatMap((page) => page.items);
    return [...new Map(items.map((asset) => [asset.id, asset])).values()];
  }, [first, extra]);
  const order = useRef<string[]>([]);
  const rows: Asset[] = useMemo(() => {
    const known = new Set(order.current);
    const added = extra.at(-1)?.items.filter(({ id }) => !known.has(id)) ?? [];
    return reading ? [...keptOrder(listed, order.current), ...added] : listed;
  }, [listed, reading, extra]);
  order.current = rows.map(({ id }) => id);
  return { rows, total: first.total, failed, loadMore };
}
