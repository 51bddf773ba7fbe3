import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Asset, AssetDetail, AssetRef } from "../../../core/asset-schema.ts";
import { plural } from "../../lib/format.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { Panel } from "../ui/panel.tsx";
import { ENVIRONMENT, HealthMark, SOURCE, TYPE } from "./words.tsx";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 py-1.5">
      <dt className="w-32 shrink-0 text-faint">{label}</dt>
      <dd className="min-w-0 flex-1 break-words">{children ?? <span className="text-faint">—</span>}</dd>
    </div>
  );
}

/** What is known of an asset. */
export function Facts({ asset }: { asset: Asset }) {
  const { tags, aliases } = asset;
  return (
    <Panel title="Facts">
      <dl className="text-sm">
        <Fact label="Type">{TYPE[asset.type].word}</Fact>
        <Fact label="Environment">{ENVIRONMENT[asset.environment]}</Fact>
        <Fact label="IP address">{asset.ip}</Fact>
        <Fact label="Instance id">{asset.instance_id}</Fact>
        <Fact label="Operating system">{asset.os}</Fact>
        <Fact label="Tags">{tags.length > 0 ? tags.join(", ") : null}</Fact>
        <Fact label="Other names">{aliases.length > 0 ? aliases.join(", ") : null}</Fact>
        <Fact label="Known through">{SOURCE[asset.source]}</Fact>
        <Fact label="Known since">{asset.first_seen && <ClockTime at={asset.first_seen} />}</Fact>
        <Fact label="Last alert">{asset.last_seen && <ClockTime at={asset.last_seen} />}</Fact>
        {asset.notes && (
          <Fact label="Notes">
            <span className="whitespace-pre-wrap">{asset.notes}</span>
          </Fact>
        )}
      </dl>
    </Panel>
  );
}

function Refs({ base, refs, title, none }: { base: string; refs: AssetRef[]; title: string; none: string }) {
  return (
    <div className="min-w-0">
      <h3 className="px-4 pt-3 pb-1 text-xs text-faint">{title}</h3>
      {refs.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-soft">{none}</p>
      ) : (
        <ul aria-label={title} className="pb-2">
          {refs.map((ref) => (
            <li key={ref.id} className="flex items-center gap-3 px-4 py-1.5 text-sm">
              <HealthMark health={ref.health} className="w-20 shrink-0" />
              <Link to={`${base}/${ref.id}`} className="min-w-0 truncate hover:underline">
                {ref.name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Both directions, with how far they reach beyond the next step. */
export function Dependencies({ base, asset }: { base: string; asset: AssetDetail }) {
  const { needs, needed_by, upstream_count, downstream_count } = asset;
  const further = [
    upstream_count > needs.length && `depends on ${plural(upstream_count, "asset")} in all`,
    downstream_count > needed_by.length && `${plural(downstream_count, "asset")} in all depend on it`,
  ].filter(Boolean);
  return (
    <Panel title="Dependencies" flush aside={further.length > 0 ? further.join("; ") : undefined}>
      <div className="grid sm:grid-cols-2 sm:divide-x max-sm:divide-y">
        <Refs base={base} refs={needs} title="Depends on" none="Nothing that is known." />
        <Refs base={base} refs={needed_by} title="Needed by" none="Nothing that is known." />
      </div>
    </Panel>
  );
}
