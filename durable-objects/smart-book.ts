import type { AssetBook } from "../core/asset-book.ts";
import { smartInput } from "../core/engine/smart-placing.ts";
import type { AlertState, EngineStore, Lesson } from "../core/engine/state.ts";
import { type SavedModel, SmartModel } from "../core/smart/model.ts";
import type { SmartPort } from "../core/smart/port.ts";
import { readSaved } from "../core/smart/saved.ts";
import type { Deadlines } from "./deadlines.ts";

/** What it has learned is written at most this often. A lost minute makes it less sure, never wrong. */
const WRITE_EVERY_MS = 60_000;
/** Characters of a row; a value may have 2 MB, and a character at most three bytes. */
const ROW_CHARACTERS = 500_000;
/** Alerts looked at where nothing is saved yet. */
const REBUILD_FROM = 2000;

/**
 * The company's memory of the `smart` strategy: read when the strategy is first used, rebuilt from the newest
 * alerts where there is none, written when it has changed. It costs no row for an alert.
 */
export class SmartBook {
  private model: SmartModel | null = null;
  private written = 0;
  private sql: SqlStorage;
  private deadlines: Deadlines;
  private assets: () => AssetBook;

  constructor(sql: SqlStorage, deadlines: Deadlines, assets: () => AssetBook) {
    this.sql = sql;
    this.deadlines = deadlines;
    this.assets = assets;
  }

  get port(): SmartPort {
    return this.open();
  }

  private open(): SmartModel {
    if (this.model) return this.model;
    const saved = this.read();
    const nameOf = (asset: string) => this.assets().byKeyOf(asset)?.name ?? asset;
    this.model = saved ? SmartModel.fromJSON(saved, nameOf) : this.rebuilt(new SmartModel(nameOf));
    this.written = saved ? this.model.changes : -1;
    return this.model;
  }

  private read(): SavedModel | null {
    const rows = this.sql.exec<{ data: string }>("SELECT data FROM smart ORDER BY part").toArray();
    return rows.length === 0 ? null : readSaved(rows.map((row) => row.data).join(""));
  }

  /** Takes the newest alerts in as they were grouped: what is related shows, what is routine shows. */
  private rebuilt(model: SmartModel): SmartModel {
    const rows = this.sql
      .exec<{ data: string }>("SELECT data FROM alerts ORDER BY seq DESC LIMIT ?", REBUILD_FROM)
      .toArray();
    for (const { data } of rows.reverse()) {
      const alert = JSON.parse(data) as AlertState;
      if (alert.incident !== null)
        model.placed(smartInput(this.assets(), alert, alert.received_at), alert.incident);
    }
    return model;
  }

  /** After a change of state: where something was learned, it is written within a minute. */
  noteChanges(now: number): void {
    if (this.model && this.model.changes !== this.written)
      this.deadlines.notLaterThan("smart", now + WRITE_EVERY_MS);
  }

  write(): void {
    this.deadlines.clear("smart");
    const { model } = this;
    if (!model || model.changes === this.written) return;
    const rows = cut(JSON.stringify(model), ROW_CHARACTERS);
    for (const [part, data] of rows.entries())
      this.sql.exec("INSERT INTO smart VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2", part, data);
    this.sql.exec("DELETE FROM smart WHERE part >= ?", rows.length);
    this.written = model.changes;
  }

  /** A change of state that failed may have taught it what never was: read anew. */
  forget(): void {
    this.model = null;
  }

  /** What people said of groupings: whose assets belong together, and whose do not. */
  hear(lessons: readonly Lesson[], store: EngineStore): void {
    for (const lesson of lessons) {
      const about = new Set(lesson.alerts);
      const others = [lesson.incident, ...("other" in lesson ? [lesson.other] : [])]
        .flatMap((seq) => store.incident(seq)?.members.slice(0, MEMBERS_HEARD) ?? [])
        .filter((seq) => !about.has(seq));
      const [some, rest] = [assetsOf(store, [...about].slice(0, MEMBERS_HEARD)), assetsOf(store, others)];
      if (TOGETHER.has(lesson.kind)) this.open().feedback(some.length > 0 ? some : rest, rest, "together");
      // That a whole incident is wrong does not say who does not belong in it.
      else if (some.length > 0) this.open().feedback(some, rest, "apart");
    }
  }
}

/** Alerts of one side that are looked at. */
const MEMBERS_HEARD = 200;
const TOGETHER: ReadonlySet<Lesson["kind"]> = new Set(["good", "merged", "unsplit"]);

function assetsOf(store: EngineStore, seqs: number[]): string[] {
  return [...new Set(store.alertsOf(seqs).map((alert) => alert.asset_key))].filter((key) => key !== "");
}

/** Pieces of a text; a character of two halves stays whole. */
function cut(text: string, most: number): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + most, text.length);
    if (to < text.length && /[\uD800-\uDBFF]/.test(text[to - 1] as string)) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
