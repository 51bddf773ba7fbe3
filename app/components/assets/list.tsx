import { Download, Plus, Upload } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Asset } from "../../../core/asset-schema.ts";
import { type AssetPage, isNarrowed } from "../../lib/asset-query.ts";
import { cx } from "../../lib/cx.ts";
import { plural } from "../../lib/format.ts";
import { useCompanyName, useViewer } from "../../lib/use-console.ts";
import { useHotkeys } from "../../lib/use-hotkeys.ts";
import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { useReading } from "../../live/use-reading.ts";
import { Button } from "../ui/button.tsx";
import { AssetFilters } from "./filters.tsx";
import { NoAssets } from "./no-assets.tsx";
import { AssetTable } from "./table.tsx";
import { useAssetRows } from "./use-asset-rows.ts";

const AssetDialog = lazy(() => import("./asset-dialog.tsx"));
const ImportDialog = lazy(() => import("./import-dialog.tsx"));

type Open = { kind: "add" } | { kind: "import" } | { kind: "edit"; asset: Asset } | null;

interface ListProps {
  companyId: string;
  page: AssetPage;
  query: string;
  /** Where the list stands without filters. */
  all: string;
  /** Inside a company's tabs: the page has its heading already. */
  tab?: boolean;
}

/** A company's assets: filters, table, and the ways to add to it. */
export function AssetList({ companyId, page, query, all, tab }: ListProps) {
  const { pending } = useSearchFilters();
  const { may } = useViewer();
  const nameOf = useCompanyName();
  const [open, setOpen] = useState<Open>(null);
  const { ref, reading, handlers } = useReading();
  const { rows, total, failed, loadMore } = useAssetRows(companyId, query, page, reading);
  const Title = tab ? "h2" : "h1";
  useHotkeys({
    "/": (event) => {
      event.preventDefault();
      document.getElementById("page-search")?.focus();
    },
  });
  const close = () => setOpen(null);
  const actions = may("assets.write") && (
    <>
      <Button onClick={() => setOpen({ kind: "import" })}>
        <Upload aria-hidden className="size-4" />
        Import CSV
      </Button>
      <Button look="primary" onClick={() => setOpen({ kind: "add" })}>
        <Plus aria-hidden className="size-4" />
        Add asset
      </Button>
    </>
  );
  return (
    <div
      className={cx(
        "flex flex-col",
        tab
          ? "h-[calc(100dvh-12.5rem)] min-h-112 overflow-hidden rounded-lg border bg-surface shadow-card"
          : "h-[calc(100dvh-3rem)] max-sm:h-[calc(100dvh-6.5rem)]",
      )}
    >
      <div className="space-y-2.5 border-b px-4 py-2.5">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex min-w-0 items-baseline gap-3">
            <Title className="text-lg font-semibold tracking-tight">Assets</Title>
            <p className="truncate text-xs text-faint">
              {tab ? plural(total, "asset") : `${plural(total, "asset")} of ${nameOf(companyId)}`}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {total > 0 && (
              <Button asChild>
                <a href={`/api/companies/${companyId}/assets?${query}&format=csv`} download="assets.csv">
                  <Download aria-hidden className="size-4" />
                  <span className="max-sm:sr-only">Export CSV</span>
                </a>
              </Button>
            )}
            {actions}
          </div>
        </div>
        <AssetFilters />
      </div>
      <div aria-busy={pending} className={cx("flex min-h-0 flex-1 flex-col", pending && "opacity-60")}>
        {rows.length === 0 ? (
          <NoAssets narrowed={isNarrowed(query)} all={all} actions={actions} />
        ) : (
          <AssetTable
            rows={rows}
            companyId={companyId}
            scroller={ref}
            handlers={handlers}
            onNearEnd={loadMore}
            onEdit={(asset) => setOpen({ kind: "edit", asset })}
          />
        )}
        {failed && (
          <p role="alert" className="border-t p-3 text-center text-sm text-soft">
            {failed}
          </p>
        )}
      </div>
      {open && (
        <Suspense fallback={null}>
          {open.kind === "add" && <AssetDialog companyId={companyId} asset={null} onClose={close} />}
          {open.kind === "edit" && <AssetDialog companyId={companyId} asset={open.asset} onClose={close} />}
          {open.kind === "import" && <ImportDialog companyId={companyId} onClose={close} />}
        </Suspense>
      )}
    </div>
  );
}
