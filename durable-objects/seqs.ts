import { readMeta, writeMeta } from "./meta.ts";

/** The numbers that alerts and incidents get: they only rise, also past rows that were deleted. */
export class Seqs {
  alert = 0;
  incident = 0;
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  load(): void {
    const kept = readMeta(this.sql, "seq_floor");
    const floor = kept
      ? (JSON.parse(kept) as { alert: number; incident: number })
      : { alert: 0, incident: 0 };
    this.alert = Math.max(this.last("alerts"), floor.alert);
    this.incident = Math.max(this.last("incidents"), floor.incident);
  }

  private last(table: "alerts" | "incidents"): number {
    return this.sql.exec<{ n: number | null }>(`SELECT MAX(seq) AS n FROM ${table}`).one().n ?? 0;
  }

  /** Before rows go: none of their numbers is ever given twice. */
  keepFloor(): void {
    writeMeta(this.sql, "seq_floor", JSON.stringify({ alert: this.alert, incident: this.incident }));
  }
}
