import {
  type AssetDetails,
  type AssetRecord,
  type AssetSource,
  identityOf,
  isIpName,
  keyOf,
  normalizeAssetName,
} from "./asset.ts";
import type { AssetBook } from "./asset-book.ts";
import { cycleThrough, type Needs } from "./asset-graph.ts";
import { ASSETS_MAX, type AssetInput } from "./asset-schema.ts";
import { fail, ok, type Result } from "./errors.ts";

/** What an edit says; dependencies as numbers of assets. */
export type AssetFacts = Omit<AssetInput, "critical" | "depends_on"> & { depends_on: number[] };

/** The facts as people see them: of an asset that was only discovered, what its identities tell. */
export function factsOf(record: AssetRecord): AssetFacts {
  const details = record.details ?? discovered(record);
  const { source: _, ...facts } = details;
  const own = new Set(ownIdentities({ name: record.name, ...details }));
  return { ...facts, name: record.name, aliases: record.aliases.filter((alias) => !own.has(alias)) };
}

function discovered(record: AssetRecord): AssetDetails {
  const id = record.aliases.find((alias) => alias.startsWith("id:"));
  return {
    type: "other",
    ip: record.aliases.find(isIpName) ?? null,
    instance_id: id ? id.slice("id:".length) : null,
    os: null,
    environment: "other",
    tags: [],
    notes: null,
    depends_on: [],
    source: "discovered",
  };
}

function ownIdentities(of: Pick<AssetFacts, "name" | "ip" | "instance_id">): string[] {
  const all = [normalizeAssetName(of.name)];
  if (of.instance_id) all.push(`id:${of.instance_id}`, normalizeAssetName(of.instance_id));
  if (of.ip) all.push(normalizeAssetName(of.ip));
  return all;
}

/** Every identity that facts lay claim to, the name first. */
export function identitiesOf(facts: AssetFacts): string[] {
  return [...new Set([...ownIdentities(facts), ...facts.aliases.map(identityOf)])];
}

/** Says which field claims what another asset has; `current` is that one's number and name. */
function claims(book: AssetBook, facts: AssetFacts, self: number | null): Result<null> {
  const wanted: [field: string, text: string | null, identity: string | null][] = [
    ["name", facts.name, normalizeAssetName(facts.name)],
    ["instance_id", facts.instance_id, facts.instance_id && `id:${facts.instance_id}`],
    ["instance_id", facts.instance_id, facts.instance_id && normalizeAssetName(facts.instance_id)],
    ["ip", facts.ip, facts.ip && normalizeAssetName(facts.ip)],
    ...facts.aliases.map((alias): [string, string, string] => ["aliases", alias, identityOf(alias)]),
  ];
  for (const [field, text, identity] of wanted) {
    const other = identity ? book.find(identity) : undefined;
    if (!other || other.id === self) continue;
    return fail(
      "conflict",
      `${text} means the asset ${other.name} already: edit that one, or delete it first.`,
      {
        fields: { [field]: `means the asset ${other.name} already` },
        current: { id: other.id, name: other.name },
      },
    );
  }
  return ok(null);
}

export const needsOf =
  (book: AssetBook): Needs =>
  (id) =>
    book.get(id)?.details?.depends_on ?? [];

const wrongDependency = (text: string) =>
  fail("validation_failed", `These dependencies cannot be: ${text}.`, { fields: { depends_on: text } });

/** `self` is null for an asset that is still to be made: nothing can depend on it yet. */
function dependencies(book: AssetBook, wanted: number[], self: number | null): Result<null> {
  if (wanted.some((id) => !book.get(id)))
    return wrongDependency("one of them is not an asset of this company");
  if (self === null) return ok(null);
  if (wanted.includes(self)) return wrongDependency("an asset cannot depend on itself");
  const needs = needsOf(book);
  const cycle = cycleThrough(self, (id) => (id === self ? wanted : needs(id)));
  return cycle ? wrongDependency(`they make a circle: ${namesOf(book, cycle)}`) : ok(null);
}

const NAMED = 6;
export function namesOf(book: AssetBook, ids: number[]): string {
  const names = ids.map((id) => book.get(id)?.name ?? String(id));
  return (names.length > NAMED ? [...names.slice(0, NAMED - 1), "…", names.at(-1)] : names).join(" → ");
}

function detailsOf(facts: AssetFacts, source: AssetSource): AssetDetails {
  const { name: _, aliases: __, ...rest } = facts;
  return { ...rest, depends_on: [...new Set(facts.depends_on)], source };
}

/** A new asset of these facts; the book is not changed. `now` in epoch ms. */
export function newAsset(
  book: AssetBook,
  facts: AssetFacts,
  source: AssetSource,
  now: number,
): Result<AssetRecord> {
  if (book.size >= ASSETS_MAX)
    return fail("validation_failed", `A company has at most ${ASSETS_MAX} assets; delete some first.`);
  const free = claims(book, facts, null);
  if (!free.ok) return free;
  const fine = dependencies(book, facts.depends_on, null);
  if (!fine.ok) return fine;
  const aliases = identitiesOf(facts);
  const id = book.nextId;
  return ok({
    id,
    name: facts.name,
    aliases,
    key: book.freeKey(aliases[0] ?? "", id),
    first_seen: now,
    details: detailsOf(facts, source),
  });
}

/**
 * The asset with some facts changed; the book is not changed. Its number and key stay, so open incidents do
 * too, and so does its old name: tools go on using it until they are told.
 */
export function changedAsset(
  book: AssetBook,
  record: AssetRecord,
  patch: Partial<AssetFacts>,
): Result<AssetRecord> {
  const facts = { ...factsOf(record), ...patch };
  if (normalizeAssetName(facts.name) !== normalizeAssetName(record.name))
    facts.aliases = [...facts.aliases, normalizeAssetName(record.name)];
  const free = claims(book, facts, record.id);
  if (!free.ok) return free;
  if (patch.depends_on) {
    const fine = dependencies(book, facts.depends_on, record.id);
    if (!fine.ok) return fine;
  }
  return ok({
    ...record,
    name: facts.name,
    aliases: identitiesOf(facts),
    key: keyOf(record),
    details: detailsOf(facts, record.details?.source ?? "discovered"),
  });
}

/** The same asset needing these; whether it may is checked before. */
export function withDependencies(record: AssetRecord, depends_on: number[]): AssetRecord {
  return { ...record, details: { ...(record.details ?? discovered(record)), depends_on } };
}

/** Whether one of the names counts as critical among these normalised ones. */
export function isCritical(record: AssetRecord, critical: ReadonlySet<string>): boolean {
  return record.aliases.some((alias) => critical.has(alias));
}

/** The company's list of critical names once this asset is, or is not, one of them. */
export function criticalAfter(names: string[], was: AssetRecord | null, is: AssetRecord | null): string[] {
  const mine = new Set([...(was?.aliases ?? []), ...(is?.aliases ?? [])]);
  const others = names.filter((name) => !mine.has(normalizeAssetName(name)));
  return is ? [...others, is.name] : others;
}
