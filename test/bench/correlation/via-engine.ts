import type { NormalizedAlert } from "../../../core/alert.ts";
import { AssetBook } from "../../../core/asset-book.ts";
import { withDependencies } from "../../../core/asset-edit.ts";
import type { EngineContext } from "../../../core/engine/context.ts";
import { takeIn } from "../../../core/engine/intake.ts";
import { MemoryStore } from "../../../core/engine/memory-store.ts";
import { survivorOf } from "../../../core/engine/merging.ts";
import { OpenIndex } from "../../../core/engine/open-index.ts";
import { newChanges } from "../../../core/engine/state.ts";
import { newStormWatch } from "../../../core/engine/storm.ts";
import { DEFAULT_CORRELATION } from "../../../core/settings.ts";
import { SmartModel } from "../../../core/smart/model.ts";
import type { Labelled, Stream } from "./stream.ts";

const CHANGES_KEPT = 500;

/** Everything that a stream names, with its dependencies, as the book of one company. */
function book(stream: Stream, tenant: string): AssetBook {
  const made = new AssetBook();
  const mine = new Set(stream.alerts.filter((a) => a.tenant === tenant).map((a) => a.asset));
  const first = stream.alerts[0]?.t ?? 0;
  const of = (name: string) => made.resolve(name, null, first).asset;
  for (const name of mine) of(name);
  const needs = new Map<number, Set<number>>();
  for (const { from, on } of stream.links) {
    if (!mine.has(from) || !mine.has(on)) continue;
    const [a, b] = [of(from), of(on)];
    if (a && b && a !== b) needs.set(a.id, (needs.get(a.id) ?? new Set()).add(b.id));
  }
  for (const [id, on] of needs) {
    const record = made.get(id);
    if (record) made.put(withDependencies(record, [...on]));
  }
  return made;
}

function normalized(a: Labelled): NormalizedAlert {
  return {
    status: "firing",
    asset_name: a.asset,
    asset_id: null,
    signature: a.signature,
    severity: a.severity,
    category: null,
    message: a.message,
    tool_source: a.tool,
    caller_key: null,
    identity: null,
    variant: null,
    event_time: a.event_time ?? null,
    tags: [],
    links: [],
    flags: [],
    heartbeat: false,
    group: a.group ?? null,
  };
}

/**
 * The strategy as the product runs it: through the engine, with its own keys, canonical signatures, assets,
 * storms and merges. The stream's tools send no recoveries, so an alert fires on and its repeats stay with it.
 */
export function viaEngine(stream: Stream): number[] {
  const made = new Map<string, { ctx: EngineContext; base: number }>();
  const seqs: { ctx: EngineContext; base: number; seq: number | null }[] = [];
  for (const a of stream.alerts) {
    let company = made.get(a.tenant);
    if (!company) {
      const store = new MemoryStore();
      const assets = book(stream, a.tenant);
      const ctx: EngineContext = {
        company_id: a.tenant,
        settings: { ...DEFAULT_CORRELATION, strategy: "smart" },
        assets,
        critical: new Set(),
        store,
        changes: newChanges(),
        smart: new SmartModel(),
        storm: newStormWatch(),
      };
      company = { ctx, base: made.size * 1_000_000 };
      made.set(a.tenant, company);
    }
    const { ctx } = company;
    if (ctx.changes.alerts.size > CHANGES_KEPT || seqs.length === 0) {
      const { open } = ctx.changes;
      ctx.changes = newChanges();
      ctx.changes.open = open ?? new OpenIndex((seq) => ctx.store.incident(seq));
    }
    ctx.changes.open ??= new OpenIndex((seq) => ctx.store.incident(seq));
    const { alert } = takeIn(ctx, normalized(a), null, a.t);
    seqs.push({ ...company, seq: alert?.incident ?? null });
  }
  let alone = -1;
  return seqs.map(({ ctx, base, seq }) => {
    if (seq === null) return alone--;
    return base + (survivorOf(ctx.store, ctx.store.incident(seq))?.seq ?? seq);
  });
}
