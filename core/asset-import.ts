import { type AssetRecord, identityOf } from "./asset.ts";
import type { AssetBook } from "./asset-book.ts";
import {
  type AssetFacts,
  changedAsset,
  factsOf,
  namesOf,
  needsOf,
  newAsset,
  withDependencies,
} from "./asset-edit.ts";
import { anyCycle } from "./asset-graph.ts";
import { DEPENDENCIES_MAX, type ImportRow, type ImportRowResult } from "./asset-schema.ts";

export interface ImportPlan {
  results: ImportRowResult[];
  /** The asset of each row, in the rows' order; null where it was refused. */
  ids: (number | null)[];
  /** Numbers of the assets that differ from before. */
  changed: number[];
  /** What the list says of the critical flag, by number. */
  critical: Map<number, boolean>;
}

interface Pending {
  row: ImportRow;
  before: AssetRecord | null;
  id: number;
}

/** A list whose dependencies go in more circles than this is refused as a whole. */
const CYCLES_MAX = 100;

/**
 * Brings an asset list into `book`, which is a copy to throw away or to keep: a row whose identities are
 * known changes that asset, the others make one, and a row that cannot be leaves no trace. `now` in epoch ms.
 */
export function planImport(book: AssetBook, rows: ImportRow[], now: number): ImportPlan {
  const errors = new Map<ImportRow, string>();
  const pending = new Map<number, Pending>();
  for (const row of rows) {
    const taken = takeRow(book, row, pending, now);
    if (typeof taken === "string") errors.set(row, taken);
    else pending.set(taken.id, taken);
  }
  connect(book, pending, errors);
  const changed: number[] = [];
  const critical = new Map<number, boolean>();
  const byRow = new Map([...pending.values()].map((p) => [p.row, p]));
  const results = rows.map((row): ImportRowResult => {
    const error = errors.get(row);
    const done = byRow.get(row);
    const name = row.name ?? "";
    if (error !== undefined || !done)
      return { line: row.line, name, ok: false, action: null, error: error ?? "could not be added" };
    const after = book.get(done.id);
    if (row.critical !== null) critical.set(done.id, row.critical);
    const same = done.before && JSON.stringify(done.before) === JSON.stringify(after);
    if (!same) changed.push(done.id);
    const action = !done.before ? "create" : same ? "unchanged" : "update";
    return { line: row.line, name: after?.name ?? name, ok: true, action };
  });
  return { results, ids: rows.map((row) => byRow.get(row)?.id ?? null), changed, critical };
}

/** The row without its dependencies; the text says why it cannot be. */
function takeRow(
  book: AssetBook,
  row: ImportRow,
  pending: Map<number, Pending>,
  now: number,
): Pending | string {
  const identities = [row.name, row.instance_id && `id:${row.instance_id}`, row.instance_id, row.ip]
    .concat(row.aliases ?? [])
    .flatMap((text) => (text ? identityOf(text) : []));
  const found = [...new Set(identities.flatMap((identity) => book.find(identity) ?? []))];
  const [known, other] = found;
  if (known && other) return `means two assets, ${known.name} and ${other.name}`;
  if (known && pending.has(known.id))
    return `means ${known.name}, as line ${pending.get(known.id)?.row.line} does`;
  if (known) {
    const next = changedAsset(book, known, given(row, known));
    if (!next.ok) return next.error.fields ? Object.values(next.error.fields).join("; ") : next.error.detail;
    // Only seen so far, and listed unchanged: nobody has written anything down that would have to be kept.
    book.put(sameFacts(known, next.value) ? known : next.value);
    return { row, before: known, id: known.id };
  }
  if (row.name === null) return "needs a name: nothing is known under its other columns";
  const made = newAsset(book, { ...BLANK, ...filled(row), name: row.name }, "csv", now);
  if (!made.ok) return made.error.detail;
  book.put(made.value);
  return { row, before: null, id: made.value.id };
}

const BLANK: AssetFacts = {
  name: "",
  type: "server",
  ip: null,
  instance_id: null,
  os: null,
  environment: "production",
  tags: [],
  aliases: [],
  notes: null,
  depends_on: [],
};

function filled(row: ImportRow): Partial<AssetFacts> {
  const { type, ip, instance_id, os, environment, tags, aliases } = row;
  return Object.fromEntries(
    Object.entries({ type, ip, instance_id, os, environment, tags, aliases }).filter(([, v]) => v !== null),
  );
}

/** An empty cell leaves what is known; aliases are added to. */
function given(row: ImportRow, known: AssetRecord): Partial<AssetFacts> {
  const more = filled(row);
  if (row.name !== null) more.name = row.name;
  if (row.aliases) more.aliases = [...new Set([...factsOf(known).aliases, ...row.aliases.map(identityOf)])];
  return more;
}

function sameFacts(a: AssetRecord, b: AssetRecord): boolean {
  const shown = (record: AssetRecord) => {
    const facts = factsOf(record);
    return JSON.stringify({ ...facts, aliases: [...facts.aliases].sort() });
  };
  return shown(a) === shown(b);
}

/** Resolves the dependencies of all rows, each able to name any other; undoes the rows that cannot be. */
function connect(book: AssetBook, pending: Map<number, Pending>, errors: Map<ImportRow, string>): void {
  const wantedBy = new Map<number, Pending[]>();
  const undo = (one: Pending, why: string) => {
    if (errors.has(one.row)) return;
    errors.set(one.row, why);
    pending.delete(one.id);
    book.remove(one.id);
    if (one.before) {
      for (const alias of one.before.aliases) {
        const heir = pending.get(book.find(alias)?.id ?? -1);
        if (heir) undo(heir, `means ${one.before.name}, which line ${one.row.line} cannot change`);
      }
      book.put(one.before);
      return;
    }
    for (const dependent of wantedBy.get(one.id) ?? [])
      undo(dependent, `depends on ${one.row.name}, which line ${one.row.line} cannot add`);
  };
  for (const one of [...pending.values()]) {
    if (one.row.depends_on === null) continue;
    const found = resolveAll(book, one);
    if (typeof found === "string") {
      undo(one, found);
      continue;
    }
    const record = book.get(one.id);
    if (!record) continue;
    const current = record.details?.depends_on ?? [];
    if (JSON.stringify(current) !== JSON.stringify(found)) book.put(withDependencies(record, found));
    for (const id of found) {
      const list = wantedBy.get(id);
      if (list) list.push(one);
      else wantedBy.set(id, [one]);
    }
  }
  for (let tries = 0; ; tries += 1) {
    const cycle = anyCycle(
      book.all().map(({ id }) => id),
      needsOf(book),
    );
    if (!cycle) return;
    const why = `its dependencies make a circle: ${namesOf(book, cycle)}`;
    const rows = tries < CYCLES_MAX ? cycle.flatMap((id) => pending.get(id) ?? []) : [...pending.values()];
    for (const one of rows)
      undo(one, tries < CYCLES_MAX ? why : "the list's dependencies make too many circles");
  }
}

function resolveAll(book: AssetBook, one: Pending): number[] | string {
  const names = one.row.depends_on ?? [];
  if (names.length > DEPENDENCIES_MAX) return `depends on more than ${DEPENDENCIES_MAX} assets`;
  const ids = new Set<number>();
  for (const name of names) {
    const asset = book.find(identityOf(name));
    if (!asset) return `depends on ${name}, which is no asset and no row of this list`;
    if (asset.id === one.id) return "depends on itself";
    ids.add(asset.id);
  }
  return [...ids];
}
