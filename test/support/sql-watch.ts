/** One text of SQL, as objects ran it. */
export interface Ran {
  times: number;
  /** As the platform bills them, index entries included. */
  rowsWritten: number;
  /** Of the last time. */
  bindings: unknown[];
  /** Of the last time, once its rows were read. */
  cursor: { rowsRead: number };
}

/**
 * Every statement that the objects of this isolate run, by its text, until `stop`. `storage` is that of any of
 * them: they share the class that statements go through.
 */
export function watchSql(storage: DurableObjectStorage): { ran: Map<string, Ran>; stop(): void } {
  const ran = new Map<string, Ran>();
  const sql = Object.getPrototypeOf(storage.sql) as SqlStorage;
  const real = sql.exec;
  sql.exec = function <T extends Record<string, SqlStorageValue>>(
    this: SqlStorage,
    query: string,
    ...bindings: unknown[]
  ): SqlStorageCursor<T> {
    const cursor = real.call(this, query, ...bindings) as SqlStorageCursor<T>;
    const known = ran.get(query) ?? { times: 0, rowsWritten: 0, bindings, cursor };
    known.times += 1;
    known.rowsWritten += cursor.rowsWritten;
    known.bindings = bindings;
    known.cursor = cursor;
    ran.set(query, known);
    return cursor;
  } as SqlStorage["exec"];
  return {
    ran,
    stop() {
      sql.exec = real;
    },
  };
}

/** How SQLite goes about it, a line for each table: `SCAN alerts`, `SEARCH alerts USING INDEX ...`. */
export function planOf(sql: SqlStorage, query: string, bindings: unknown[]): string[] {
  return sql
    .exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`, ...bindings)
    .toArray()
    .map(({ detail }) => detail);
}
