import { useNavigate } from "@remix-run/react";
import type { RowSelectionState } from "@tanstack/react-table";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { Incident } from "../../../core/incident.ts";
import { compareBy, matchesQuery } from "../../lib/incident-filter.ts";
import { useNow } from "../../lib/now.tsx";
import { useHotkeys } from "../../lib/use-hotkeys.ts";
import { useLive } from "../../live/use-live.ts";
import { useLiveRows } from "../../live/use-live-rows.ts";
import { type Page, usePages } from "../../live/use-pages.ts";
import { useReading } from "../../live/use-reading.ts";
import { Button } from "../ui/button.tsx";
import { NewPill } from "../ui/new-pill.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { resolveWith, runCommand } from "./commands.ts";
import { ListFoot } from "./list-foot.tsx";
import { NoIncidents } from "./no-incidents.tsx";
import { IncidentTable } from "./table.tsx";

const ResolveDialog = lazy(() => import("./resolve-dialog.tsx"));
const ShortcutsDialog = lazy(() => import("./shortcuts-dialog.tsx"));

const newer = (a: Incident, b: Incident) => a.version > b.version;

/** One query's incidents: live, paged, driven by keys. Mounted anew for every query. */
export function IncidentList({ query: text, page }: { query: string; page: Page<Incident> }) {
  const query = useMemo(() => new URLSearchParams(text), [text]);
  const matches = useCallback((incident: Incident) => matchesQuery(incident, query), [query]);
  const now = useNow();
  const compare = useMemo(() => compareBy(query, now), [query, now]);
  const { incidents } = useLive();
  const { extra, hasMore, loadMore, failed } = usePages<Incident>(`/api/incidents?${text}`, page);
  const { ref, reading, handlers } = useReading();
  const [active, setActive] = useState(-1);
  const [selection, setSelection] = useState<RowSelectionState>({});
  const [resolving, setResolving] = useState<Incident | null>(null);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();

  const busy = reading || active >= 0 || Object.keys(selection).length > 0;
  const { rows, pending, showPending } = useLiveRows({
    base: page.items,
    extra,
    hasMore,
    live: incidents,
    matches,
    compare,
    newer,
    reading: busy && page.items.length + extra.length > 0,
  });
  const current = rows[active];

  useEffect(() => {
    if (current)
      document.querySelector<HTMLElement>(`[data-row="${current.id}"]`)?.focus({ preventScroll: true });
  }, [current]);

  useHotkeys({
    j: () => setActive((index) => Math.min(index + 1, rows.length - 1)),
    k: () => setActive((index) => Math.max(index - 1, 0)),
    Enter: (event) => {
      const onControl = event.target instanceof Element && event.target.closest("a, button, input");
      if (current && !onControl) navigate(`/incidents/${current.id}`);
    },
    a: () => current && runCommand(current, "acknowledge"),
    r: (event) => {
      if (!current) return;
      event.preventDefault();
      setResolving(current);
    },
    x: () =>
      current &&
      setSelection(({ [current.id]: was, ...rest }) => (was ? rest : { ...rest, [current.id]: true })),
    Escape: () => {
      setActive(-1);
      setSelection({});
    },
    "/": (event) => {
      event.preventDefault();
      document.getElementById("page-search")?.focus();
    },
    "?": () => setHelp(true),
  });

  function show() {
    showPending();
    setActive(-1);
    ref.current?.scrollTo({ top: 0 });
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <NewPill n={pending} onShow={show} />
      {rows.length === 0 ? (
        <NoIncidents query={query} />
      ) : (
        <IncidentTable
          rows={rows}
          scroller={ref}
          handlers={handlers}
          selection={selection}
          onSelection={setSelection}
          active={active}
          onActive={setActive}
          sort={query.get("sort") ?? "priority"}
          onNearEnd={loadMore}
          footer={
            failed && (
              <p role="alert" className="flex items-center justify-center gap-3 p-4 text-sm text-soft">
                {failed}
                <Button size="sm" onClick={loadMore}>
                  Try again
                </Button>
              </p>
            )
          }
        />
      )}
      {rows.length > 0 && <ListFoot n={rows.length} hasMore={hasMore} onHelp={() => setHelp(true)} />}
      <BulkBar rows={rows} selection={selection} onDone={() => setSelection({})} />
      {resolving && (
        <Suspense fallback={null}>
          <ResolveDialog
            title={resolving.title}
            onClose={() => setResolving(null)}
            onResolve={(notes) => resolveWith(resolving, notes)}
          />
        </Suspense>
      )}
      {help && (
        <Suspense fallback={null}>
          <ShortcutsDialog onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}
