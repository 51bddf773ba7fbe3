import type { Env } from "../../../worker/env.ts";
import worker, { Company as ProductCompany, MspHub as ProductHub } from "../../../worker/index.ts";

/** Rows written since the last reset, by `table` of the objects or `d1`; each setAlarm counts as one. */
interface Counts {
  objects: Record<string, number>;
  /** Old entries that were dropped: what is kept for a time has to go again, whenever that is. */
  expiry: Record<string, number>;
  d1: number;
}

const counts: Counts = { objects: {}, expiry: {}, d1: 0 };

const EXPIRY = /^\s*DELETE FROM (journal|deliveries|ring|tombstones)\b/;
const WRITE = /^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+(\w+)/;

const add = (to: Record<string, number>, name: string, rows: number): void => {
  if (rows > 0) to[name] = (to[name] ?? 0) + rows;
};

let patched = false;

/** The platform's own figures, taken where every statement of every object goes through. */
function countWrites(storage: DurableObjectStorage): void {
  if (patched) return;
  patched = true;
  const sql = Object.getPrototypeOf(storage.sql) as SqlStorage;
  const exec = sql.exec;
  sql.exec = function <T extends Record<string, SqlStorageValue>>(
    this: SqlStorage,
    query: string,
    ...bindings: unknown[]
  ): SqlStorageCursor<T> {
    const cursor = exec.call(this, query, ...bindings) as SqlStorageCursor<T>;
    const table = WRITE.exec(query)?.[1];
    if (table) add(EXPIRY.test(query) ? counts.expiry : counts.objects, table, cursor.rowsWritten);
    return cursor;
  } as SqlStorage["exec"];
  const kept = Object.getPrototypeOf(storage) as DurableObjectStorage;
  const setAlarm = kept.setAlarm;
  kept.setAlarm = function (this: DurableObjectStorage, ...args: Parameters<typeof setAlarm>) {
    add(counts.objects, "setAlarm", 1);
    return setAlarm.apply(this, args);
  };
}

let d1Patched = false;

function countDatabase(db: D1Database): void {
  if (d1Patched) return;
  d1Patched = true;
  const note = (result: D1Result): void => {
    counts.d1 += result.meta.rows_written;
  };
  const database = Object.getPrototypeOf(db) as D1Database;
  const batch = database.batch;
  database.batch = async function <T>(this: D1Database, statements: D1PreparedStatement[]) {
    const results = await batch.call(this, statements);
    results.forEach(note);
    return results as D1Result<T>[];
  };
  const prepared = Object.getPrototypeOf(db.prepare("SELECT 1")) as D1PreparedStatement;
  const run = prepared.run;
  prepared.run = async function <T>(this: D1PreparedStatement) {
    const result = await run.call(this);
    note(result);
    return result as D1Result<T>;
  };
}

export class Company extends ProductCompany {
  constructor(ctx: DurableObjectState, env: Env) {
    countWrites(ctx.storage);
    countDatabase(env.DB);
    super(ctx, env);
  }

  /** Rows that are kept for a time and have yet to be dropped. */
  async benchKept(): Promise<Record<string, number>> {
    const kept: Record<string, number> = {};
    for (const table of ["journal", "delivery_pages"]) {
      const { n } = this.ctx.storage.sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).one();
      kept[table] = n;
    }
    return kept;
  }
}

export { JobRunner } from "../../../worker/index.ts";

export class MspHub extends ProductHub {
  constructor(ctx: DurableObjectState, env: Env) {
    countWrites(ctx.storage);
    super(ctx, env);
  }
}

function reset(): void {
  counts.objects = {};
  counts.expiry = {};
  counts.d1 = 0;
}

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/bench/reset") {
      reset();
      return new Response(null, { status: 204 });
    }
    if (pathname === "/bench/counts") {
      const company = env.COMPANY.get(env.COMPANY.idFromName(searchParams.get("company") ?? ""));
      const kept = await (company as unknown as Pick<Company, "benchKept">).benchKept();
      return Response.json({ ...counts, kept });
    }
    return worker.fetch(request, env, ctx);
  },
  scheduled: worker.scheduled,
} satisfies ExportedHandler<Env>;
