import { Link } from "@remix-run/react";
import { BellOff, SearchX } from "lucide-react";
import { useCallback, useMemo } from "react";
import type { Alert } from "../../../core/alert.ts";
import { matchesAlert, newestAlertFirst } from "../../lib/alert-filter.ts";
import { useHotkeys } from "../../lib/use-hotkeys.ts";
import { newerAlert } from "../../live/merge.ts";
import { useLive } from "../../live/use-live.ts";
import { useLiveRows } from "../../live/use-live-rows.ts";
import { type Page, usePages } from "../../live/use-pages.ts";
import { useReading } from "../../live/use-reading.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { NewPill } from "../ui/new-pill.tsx";
import { AlertTable } from "./table.tsx";

function NoAlerts({ narrowed }: { narrowed: boolean }) {
  if (narrowed) {
    return (
      <Empty
        icon={SearchX}
        title="No alert matches these filters"
        action={
          <Button asChild>
            <Link to="/alerts">Show all recent alerts</Link>
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={BellOff}
      title="No alerts yet"
      action={
        <Button asChild look="primary">
          <Link to="/companies">Choose a company and send a test alert</Link>
        </Button>
      }
    >
      They appear here the moment a monitoring tool delivers them.
    </Empty>
  );
}

export function AlertRows({ query: text, page }: { query: string; page: Page<Alert> }) {
  const query = useMemo(() => new URLSearchParams(text), [text]);
  const matches = useCallback((alert: Alert) => matchesAlert(alert, query), [query]);
  const { alerts } = useLive();
  const { extra, hasMore, loadMore, failed } = usePages<Alert>(`/api/alerts?${text}`, page);
  const { ref, reading, handlers } = useReading();
  const { rows, pending, showPending } = useLiveRows({
    base: page.items,
    extra,
    hasMore,
    live: alerts,
    matches,
    compare: newestAlertFirst,
    newer: newerAlert,
    reading: reading && page.items.length > 0,
  });
  useHotkeys({
    "/": (event) => {
      event.preventDefault();
      document.getElementById("page-search")?.focus();
    },
  });

  function show() {
    showPending();
    ref.current?.scrollTo({ top: 0 });
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <NewPill n={pending} onShow={show} />
      {rows.length === 0 ? (
        <NoAlerts narrowed={text.replace(/limit=\d+&?/, "") !== ""} />
      ) : (
        <AlertTable rows={rows} scroller={ref} handlers={handlers} onNearEnd={loadMore} />
      )}
      {failed && (
        <p role="alert" className="border-t p-3 text-center text-sm text-soft">
          {failed}
        </p>
      )}
    </div>
  );
}
