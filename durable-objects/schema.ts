/** Steps of the company object's tables: append only, each runs once, in order. */
export const COMPANY_STEPS: string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

   -- One row an alert. The partial index is what enforces one current alert per dedup key.
   CREATE TABLE alerts (
     seq INTEGER PRIMARY KEY,
     key TEXT NOT NULL,
     current INTEGER NOT NULL,
     incident INTEGER,
     status TEXT NOT NULL,
     severity TEXT NOT NULL,
     tool TEXT NOT NULL,
     received_at INTEGER NOT NULL,
     data TEXT NOT NULL
   );
   CREATE UNIQUE INDEX alerts_current ON alerts(key) WHERE current = 1;

   CREATE TABLE incidents (
     seq INTEGER PRIMARY KEY,
     agg_key TEXT NOT NULL,
     current INTEGER NOT NULL,
     data TEXT NOT NULL
   );
   CREATE UNIQUE INDEX incidents_current ON incidents(agg_key) WHERE current = 1;

   CREATE TABLE timeline (
     incident INTEGER NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL,
     PRIMARY KEY (incident, seq)
   ) WITHOUT ROWID;

   CREATE TABLE assets (id INTEGER PRIMARY KEY, data TEXT NOT NULL);

   -- Keyed by day first: a look-up probes few days, expiry drops a day, and no second index is written.
   CREATE TABLE deliveries (
     day INTEGER NOT NULL, id TEXT NOT NULL, body_hash TEXT NOT NULL, ids TEXT NOT NULL, expires_at INTEGER NOT NULL,
     PRIMARY KEY (day, id)
   ) WITHOUT ROWID;

   -- One row a commit: what only repeated (rows follow at the checkpoint) and which signed bytes came.
   CREATE TABLE journal (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, data TEXT NOT NULL);

   CREATE TABLE tombstones (key TEXT PRIMARY KEY, event_time INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE deadlines (name TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;

   -- Incidents whose newest state is not yet told to everybody.
   CREATE TABLE outbox (
     incident INTEGER PRIMARY KEY, attempts INTEGER NOT NULL DEFAULT 0, error TEXT, since INTEGER NOT NULL
   );
   CREATE TABLE counters (
     hour INTEGER NOT NULL, severity TEXT NOT NULL, tool TEXT NOT NULL, alerts INTEGER NOT NULL, commit_seq INTEGER NOT NULL,
     PRIMARY KEY (hour, severity, tool)
   ) WITHOUT ROWID;`,
  // Audit entries that the MSP's log does not have yet.
  "CREATE TABLE audit_outbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, data TEXT NOT NULL)",
  // Rules, silences, maintenance windows, corrections; how rules fared; what was held, and from when on.
  `CREATE TABLE policy (
     kind TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
     PRIMARY KEY (kind, id)
   ) WITHOUT ROWID;
   CREATE TABLE policy_fared (id TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE policy_held (seq INTEGER PRIMARY KEY, done INTEGER NOT NULL, data TEXT NOT NULL);
   CREATE TABLE policy_reach (source TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;`,
  // Alerts that wait for others of their key, and what several alerts of one rule at their source share.
  `ALTER TABLE alerts ADD COLUMN held TEXT;
   ALTER TABLE alerts ADD COLUMN family TEXT;
   CREATE INDEX alerts_held ON alerts(held) WHERE held IS NOT NULL;
   CREATE INDEX alerts_family ON alerts(family) WHERE family IS NOT NULL;`,
  // Which problems come together, and which rules that suggests were answered.
  `CREATE TABLE learned_pairs (a TEXT NOT NULL, b TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
   CREATE TABLE learned_signatures (signature TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE proposals_settled (
     id TEXT PRIMARY KEY, how TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL
   ) WITHOUT ROWID;`,
  // What smart grouping has learned, one text in pieces.
  "CREATE TABLE smart (part INTEGER PRIMARY KEY, data TEXT NOT NULL)",
  // What could not be understood, and how often; bodies for the mapping editor; what is expected to beat.
  `CREATE TABLE dead_letters (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, tool TEXT NOT NULL, kind TEXT NOT NULL,
     status TEXT NOT NULL, data TEXT NOT NULL, body TEXT NOT NULL
   );
   CREATE INDEX dead_letters_kind ON dead_letters(kind);
   CREATE TABLE dead_letter_kinds (
     kind TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at INTEGER NOT NULL, data TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE samples (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body TEXT NOT NULL);
   CREATE TABLE heartbeats (id TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;`,
  // An all-clear of a rule at the source asks for what fires of it: what ever fired must not be looked through.
  `DROP INDEX alerts_family;
   CREATE INDEX alerts_family ON alerts(family) WHERE family IS NOT NULL AND status = 'firing';`,
  // The newest alert and incident of each key. As a mark on the row, the row of the one before had to be written
  // again, wherever it lies in a large table.
  `CREATE TABLE alert_keys (key TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
   INSERT INTO alert_keys SELECT key, seq FROM alerts WHERE current = 1;
   CREATE TABLE incident_keys (key TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
   INSERT INTO incident_keys SELECT agg_key, seq FROM incidents WHERE current = 1;
   DROP INDEX alerts_current;
   DROP INDEX incidents_current;
   ALTER TABLE alerts DROP COLUMN current;
   ALTER TABLE incidents DROP COLUMN current;`,
  // Deliveries by the page, some 200 KB of what there was in each: a row of its own costs two, as it is deleted, too.
  `CREATE TABLE delivery_pages (
     page INTEGER PRIMARY KEY, keys INTEGER NOT NULL, expires_at INTEGER NOT NULL, filter BLOB, data TEXT NOT NULL
   );
   CREATE TABLE delivery_blocks (
     first INTEGER PRIMARY KEY, last INTEGER NOT NULL, expires_at INTEGER NOT NULL, filter BLOB NOT NULL
   );
   INSERT INTO delivery_pages (keys, expires_at, data)
     SELECT COUNT(*), MAX(expires_at), json_group_array(json_array(id, body_hash, json(ids), expires_at))
     FROM (
       SELECT *, SUM(LENGTH(id) + LENGTH(ids) + 40) OVER (ORDER BY day, id ROWS UNBOUNDED PRECEDING) / 200000 AS part
       FROM deliveries
     ) GROUP BY part;
   DROP TABLE deliveries;`,
];

const HUB_STEPS: string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
   -- One row a batch of frames; seq is the number of its last frame.
   CREATE TABLE ring (seq INTEGER PRIMARY KEY, company_id TEXT NOT NULL, frames TEXT NOT NULL);`,
];

/** Asking writes nothing: an object nobody initialised stays empty. */
export function isInitialised(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'meta'").toArray().length > 0;
}

function migrate(sql: SqlStorage, steps: string[]): void {
  const done = isInitialised(sql)
    ? Number(
        sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'schema'").toArray()[0]?.value ?? 0,
      )
    : 0;
  for (const step of steps.slice(done)) sql.exec(step);
  if (done < steps.length) {
    sql.exec(
      "INSERT INTO meta VALUES ('schema', ?1) ON CONFLICT DO UPDATE SET value = ?1",
      String(steps.length),
    );
  }
}

export const migrateCompany = (sql: SqlStorage) => migrate(sql, COMPANY_STEPS);
export const migrateHub = (sql: SqlStorage) => migrate(sql, HUB_STEPS);
