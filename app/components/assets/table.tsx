import { Link, useSearchParams } from "@remix-run/react";
import { ArrowDown, Pencil } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import type { Asset } from "../../../core/asset-schema.ts";
import { cx } from "../../lib/cx.ts";
import { count } from "../../lib/format.ts";
import { useConsole, useViewer } from "../../lib/use-console.ts";
import { PHONE, useMedia } from "../../lib/use-media.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { VirtualTable } from "../ui/virtual-table.tsx";
import { CriticalStar } from "./critical-star.tsx";
import { ENVIRONMENT, HealthMark, TYPE, TypeIcon } from "./words.tsx";

const ROW = 44;
const CARD = 64;
const TRACKS =
  "grid items-center gap-x-2 grid-cols-[5.5rem_minmax(0,1fr)_2.25rem_2.25rem] sm:grid-cols-[5.5rem_minmax(0,1fr)_7rem_3.5rem_5rem_2.25rem_2.25rem] lg:grid-cols-[5.5rem_minmax(0,2fr)_7.5rem_7rem_8.5rem_minmax(0,1fr)_4rem_5.5rem_2.25rem_2.25rem]";

/** The column's head; those the list can be sorted by are links that keep the filters. */
function Head({ sort, label, className }: { sort?: string; label: string; className?: string }) {
  const [params] = useSearchParams();
  const current = (params.get("sort") ?? "health") === sort;
  const next = new URLSearchParams(params);
  if (sort) next.set("sort", sort);
  return (
    <th
      scope="col"
      aria-sort={sort && current ? (sort === "health" ? "descending" : "ascending") : undefined}
      className={cx("text-left font-normal", className)}
    >
      {sort ? (
        <Link
          to={`?${next}`}
          replace
          preventScrollReset
          className={cx("inline-flex items-center gap-1 hover:text-ink", current && "text-ink")}
        >
          {label}
          {current && <ArrowDown aria-hidden className={cx("size-3", sort === "name" && "rotate-180")} />}
        </Link>
      ) : (
        label
      )}
    </th>
  );
}

interface RowProps {
  asset: Asset;
  companyId: string;
  index: number;
  top: number;
  height: number;
  onEdit(asset: Asset): void;
}

function AssetRow({ asset, companyId, index, top, height, onEdit }: RowProps) {
  const [params] = useSearchParams();
  const { may } = useViewer();
  const tagged = (tag: string) => {
    const next = new URLSearchParams(params);
    next.set("tag", tag);
    return `?${next}`;
  };
  const alerts = `/alerts?company_id=${companyId}&status=firing&q=${encodeURIComponent(asset.name)}`;
  return (
    <tr
      aria-rowindex={index + 2}
      data-row={asset.id}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cx("absolute inset-x-0 border-b px-4 text-sm hover:bg-hover", TRACKS)}
    >
      <td className="flex items-center">
        <HealthMark health={asset.health} />
      </td>
      <td className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <TypeIcon type={asset.type} className="max-sm:hidden" />
          <Link
            to={`/companies/${companyId}/assets/${asset.id}`}
            className="truncate font-medium hover:underline"
          >
            {asset.name}
          </Link>
        </span>
        <span className="block truncate text-xs text-faint sm:hidden">
          {[TYPE[asset.type].word, ENVIRONMENT[asset.environment], asset.ip].filter(Boolean).join(" · ")}
        </span>
      </td>
      <td className="truncate text-soft max-sm:hidden">{TYPE[asset.type].word}</td>
      <td className="truncate text-soft max-lg:hidden">{ENVIRONMENT[asset.environment]}</td>
      <td className="truncate text-soft max-lg:hidden">{asset.ip ?? "—"}</td>
      <td className="min-w-0 truncate max-lg:hidden" title={asset.tags.join(", ")}>
        {asset.tags.map((tag) => (
          <Link
            key={tag}
            to={tagged(tag)}
            title={`Only assets tagged ${tag}`}
            className="mr-1 inline-block max-w-full truncate rounded-full align-middle border border-line-strong px-2 text-2xs leading-4.5 text-soft hover:text-ink"
          >
            {tag}
          </Link>
        ))}
      </td>
      <td className="text-right max-sm:hidden">
        {asset.open_alerts > 0 ? (
          <Link
            to={alerts}
            className="hover:underline"
            aria-label={`${asset.open_alerts} open alerts of ${asset.name}`}
          >
            {count(asset.open_alerts)}
          </Link>
        ) : (
          <span className="text-faint">0</span>
        )}
      </td>
      <td className="text-right text-soft max-sm:hidden">
        {asset.last_seen ? <Age at={asset.last_seen} /> : <span className="text-faint">Never</span>}
      </td>
      <td className="flex items-center justify-center">
        <CriticalStar asset={asset} />
      </td>
      <td className="flex items-center justify-end">
        {may("assets.write") && (
          <Button look="quiet" size="icon" aria-label={`Edit ${asset.name}`} onClick={() => onEdit(asset)}>
            <Pencil aria-hidden className="size-3.5" />
          </Button>
        )}
      </td>
    </tr>
  );
}

interface TableProps {
  rows: Asset[];
  companyId: string;
  scroller: RefObject<HTMLDivElement>;
  handlers: object;
  onNearEnd(): void;
  onEdit(asset: Asset): void;
  footer?: ReactNode;
}

/** Assets as rows, on a phone as cards of two lines; only those in view exist. */
export function AssetTable({ rows, companyId, onEdit, ...props }: TableProps) {
  const phone = useMedia(PHONE, useConsole().phone);
  const height = phone ? CARD : ROW;
  const head = (
    <thead className="sticky top-0 z-10 block border-b bg-surface">
      <tr className={cx(TRACKS, "h-9 px-4 text-xs text-faint")}>
        <Head sort="health" label="Health" />
        <Head sort="name" label="Name" />
        <Head label="Type" className="max-sm:hidden" />
        <Head label="Environment" className="max-lg:hidden" />
        <Head label="IP" className="max-lg:hidden" />
        <Head label="Tags" className="max-lg:hidden" />
        <Head label="Alerts" className="text-right max-sm:hidden" />
        <Head label="Last alert" className="text-right max-sm:hidden" />
        <th scope="col">
          <span className="sr-only">Critical</span>
        </th>
        <th scope="col">
          <span className="sr-only">Edit</span>
        </th>
      </tr>
    </thead>
  );
  return (
    <VirtualTable label="Assets" rows={rows} rowHeight={height} head={head} {...props}>
      {(index, top) => {
        const asset = rows[index];
        const place = { index, top, height };
        return asset && <AssetRow key={asset.id} {...{ asset, companyId, onEdit }} {...place} />;
      }}
    </VirtualTable>
  );
}
