import type { Actor } from "../core/actor.ts";
import { type AssetRecord, CRITICAL_MAX, normalizeAssetName } from "../core/asset.ts";
import { AssetBook } from "../core/asset-book.ts";
import {
  type AssetFacts,
  changedAsset,
  criticalAfter,
  isCritical,
  needsOf,
  newAsset,
  withDependencies,
} from "../core/asset-edit.ts";
import { neededBy } from "../core/asset-graph.ts";
import { planImport } from "../core/asset-import.ts";
import type { Asset, AssetInput, AssetPatch, ImportResult, ImportRow } from "../core/asset-schema.ts";
import { type Failure, fail, ok, type Result } from "../core/errors.ts";
import { assetId, parseMemberId } from "../core/ids.ts";
import { viewOf } from "./asset-list.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { criticalNames } from "./company-record.ts";

const tooManyCritical = () =>
  fail("validation_failed", `At most ${CRITICAL_MAX} assets of a company can be critical.`, {
    fields: { critical: `at most ${CRITICAL_MAX} can be` },
  });

/** Ids of the API as numbers; an id that is none of this company's becomes one that no asset has. */
function numbersOf(core: CompanyCore, ids: string[]): number[] {
  return ids.map((id) => {
    const member = parseMemberId(id);
    return member?.kind === "asset" && member.companyId === core.record.company_id ? member.seq : 0;
  });
}

/** Whom a refusal names, under the id that callers know. */
function named(core: CompanyCore, refused: Failure): { ok: false; error: Failure } {
  const other = refused.current as { id: number; name: string } | undefined;
  if (!other) return { ok: false, error: refused };
  const current = { id: assetId(core.record.company_id, other.id), name: other.name };
  return { ok: false, error: { ...refused, current } };
}

function targetOf(core: CompanyCore, record: AssetRecord) {
  return { type: "asset", id: assetId(core.record.company_id, record.id), name: record.name };
}

/** The company's record with the critical flag of one asset set; the same record where nothing changes. */
function withFlag(
  core: CompanyCore,
  was: AssetRecord | null,
  is: AssetRecord | null,
  critical: boolean,
): Result<CompanyCore["record"]> {
  const before = was !== null && isCritical(was, core.critical);
  const holds = is !== null && isCritical(is, core.critical);
  if (before === critical && holds === critical) return ok(core.record);
  const names = criticalAfter(core.record.critical_assets, was, critical ? is : null);
  if (names.length > CRITICAL_MAX) return tooManyCritical();
  return ok({ ...core.record, critical_assets: names });
}

export function createAsset(core: CompanyCore, actor: Actor, input: AssetInput): Result<Asset> {
  const { critical, depends_on, ...rest } = input;
  const { assets } = core.store;
  const facts: AssetFacts = { ...rest, depends_on: numbersOf(core, depends_on) };
  const made = newAsset(assets, facts, "manual", clock.now());
  if (!made.ok) return named(core, made.error);
  // A name on the company's critical list from before the asset was known makes it critical.
  const flagged = withFlag(core, null, made.value, critical || isCritical(made.value, core.critical));
  if (!flagged.ok) return flagged;
  const note = { action: "asset.created", target: targetOf(core, made.value), after: input };
  core.saveRecord(flagged.value, actor, note, () => core.store.writeAsset(made.value));
  assets.put(made.value);
  return ok(viewOf(core, made.value));
}

const EDITABLE = [
  "name",
  "type",
  "ip",
  "instance_id",
  "os",
  "environment",
  "tags",
  "aliases",
  "critical",
  "depends_on",
  "notes",
] as const satisfies (keyof AssetPatch)[];

/** What differs, under the same names on both sides. */
function difference(before: Asset, after: Asset) {
  const names = EDITABLE.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const pick = (asset: Asset) => Object.fromEntries(names.map((name) => [name, asset[name]]));
  return { changed: names.length > 0, before: pick(before), after: pick(after) };
}

export function changeAsset(
  core: CompanyCore,
  actor: Actor,
  record: AssetRecord,
  patch: AssetPatch,
): Result<Asset> {
  const { critical, depends_on, ...rest } = patch;
  const { assets } = core.store;
  const facts: Partial<AssetFacts> = { ...rest };
  if (depends_on) facts.depends_on = numbersOf(core, depends_on);
  const next = changedAsset(assets, record, facts);
  if (!next.ok) return named(core, next.error);
  const kept = isCritical(record, core.critical) || isCritical(next.value, core.critical);
  const flagged = withFlag(core, record, next.value, critical ?? kept);
  if (!flagged.ok) return flagged;
  const before = viewOf(core, record);
  const after = {
    ...viewOf(core, next.value),
    critical: isCritical(next.value, criticalNames(flagged.value)),
  };
  const diff = difference(before, after);
  if (!diff.changed) return ok(before);
  const note = {
    action: "asset.changed",
    target: targetOf(core, next.value),
    before: diff.before,
    after: diff.after,
  };
  core.saveRecord(flagged.value, actor, note, () => core.store.writeAsset(next.value));
  assets.put(next.value);
  return ok(viewOf(core, next.value));
}

/** Forgets what is known of an asset nothing fires on; an alert of it would discover it anew. */
export function deleteAsset(core: CompanyCore, actor: Actor, record: AssetRecord): Result<null> {
  const { store } = core;
  const before = viewOf(core, record);
  if (before.open_alerts > 0)
    return fail(
      "conflict",
      `${before.open_alerts} alerts fire on ${record.name}: delete it once they ended.`,
      {
        current: before,
      },
    );
  const flagged = withFlag(core, record, null, false);
  if (!flagged.ok) return flagged;
  const dependents = neededBy(
    store.assets.all().map(({ id }) => id),
    needsOf(store.assets),
  )(record.id).flatMap((id) => store.assets.get(id) ?? []);
  const freed = dependents.map((other) =>
    withDependencies(
      other,
      (other.details?.depends_on ?? []).filter((id) => id !== record.id),
    ),
  );
  const note = {
    action: "asset.deleted",
    target: targetOf(core, record),
    before: { ...before, needed_by: dependents.map(({ name }) => name) },
  };
  core.saveRecord(flagged.value, actor, note, () => {
    store.deleteAsset(record.id);
    for (const other of freed) store.writeAsset(other);
  });
  for (const other of freed) store.assets.put(other);
  store.assets.remove(record.id);
  return ok(null);
}

/** Brings a list of assets in, all rows that can be at once, or only says what would become of each. */
export function importAssets(
  core: CompanyCore,
  actor: Actor,
  rows: ImportRow[],
  dryRun: boolean,
): Result<ImportResult> {
  const { store } = core;
  const now = clock.now();
  const book = new AssetBook(
    store.assets.all().map((record) => ({ ...record, aliases: [...record.aliases] })),
    store.assets.nextId,
  );
  const plan = planImport(book, rows, now);
  const flags = flagsAfter(core, book, plan.critical, plan.changed);
  if (flags.names.length > CRITICAL_MAX) return tooManyCritical();
  const results = plan.results.map((row, i) => {
    const id = plan.ids[i] ?? null;
    return id !== null && row.action === "unchanged" && flags.changed.has(id)
      ? { ...row, action: "update" as const }
      : row;
  });
  const number = (action: string | null) => results.filter((row) => row.action === action).length;
  const result: ImportResult = {
    rows: results,
    created: number("create"),
    updated: number("update"),
    unchanged: number("unchanged"),
    refused: number(null),
    dry_run: dryRun,
  };
  if (dryRun || result.created + result.updated === 0) return ok(result);
  const { created, updated, refused } = result;
  const names = results.flatMap((row) =>
    row.action === "create" || row.action === "update" ? row.name : [],
  );
  const note = {
    action: "assets.imported",
    target: { type: "company", id: core.record.company_id, name: core.record.name },
    after: { created, updated, refused, names: names.slice(0, NAMED) },
  };
  core.saveRecord({ ...core.record, critical_assets: flags.names }, actor, note, () => {
    for (const id of plan.changed) {
      const record = book.get(id);
      if (record) store.writeAsset(record);
    }
  });
  store.assets = book;
  return ok(result);
}

/** Names an audit entry lists; the list itself may have thousands. */
const NAMED = 100;

/** The critical names after a list, and whose flag it changes. */
function flagsAfter(core: CompanyCore, book: AssetBook, wanted: Map<number, boolean>, touched: number[]) {
  const changed = new Set<number>();
  const drop = new Set<string>();
  const add: string[] = [];
  for (const id of new Set([...wanted.keys(), ...touched])) {
    const [was, is] = [core.store.assets.get(id), book.get(id)];
    if (!is) continue;
    const before = was !== undefined && isCritical(was, core.critical);
    const after = wanted.get(id) ?? (before || isCritical(is, core.critical));
    const holds = isCritical(is, core.critical);
    if (before !== after) changed.add(id);
    if (after && !holds) add.push(is.name);
    if (!after && holds) for (const alias of is.aliases) drop.add(alias);
  }
  const kept = core.record.critical_assets.filter((name) => !drop.has(normalizeAssetName(name)));
  return { names: [...kept, ...add], changed };
}
