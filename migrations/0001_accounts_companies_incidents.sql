-- Accounts, companies, and what the consoles list of incidents. Times are epoch milliseconds.

CREATE TABLE msps (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- An address is unique over the service and stored lower-cased.
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('msp_admin', 'technician', 'company_admin', 'client')),
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX users_by_msp ON users (msp_id);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE companies (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  next_due_at INTEGER
) STRICT;

CREATE INDEX companies_by_msp ON companies (msp_id, name COLLATE NOCASE, id);
CREATE INDEX companies_due ON companies (next_due_at) WHERE next_due_at IS NOT NULL;

-- Which companies people below msp_admin may see.
CREATE TABLE user_companies (
  user_id TEXT NOT NULL REFERENCES users (id),
  company_id TEXT NOT NULL REFERENCES companies (id),
  msp_id TEXT NOT NULL REFERENCES msps (id),
  PRIMARY KEY (user_id, company_id)
) STRICT, WITHOUT ROWID;

-- A projection: the company's object is the only writer, and the higher version stays.
-- Of the columns a repeat changes, only updated_at is in an index, and in one alone: rows are money.
CREATE TABLE incidents (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  msp_id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  severity_rank INTEGER NOT NULL,
  priority_base REAL NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  acknowledged_at INTEGER,
  resolved_at INTEGER,
  self_healed INTEGER NOT NULL,
  search_text TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE INDEX incidents_msp_rank ON incidents (msp_id, status, severity_rank, priority_base, created_at);
CREATE INDEX incidents_company_rank ON incidents (company_id, status, severity_rank, priority_base, created_at);
CREATE INDEX incidents_company_updated ON incidents (company_id, status, updated_at);
CREATE INDEX incidents_msp_created ON incidents (msp_id, created_at);

-- `scope` holds the tenant's ids, so that a search never leaves it.
CREATE VIRTUAL TABLE incidents_fts USING fts5 (
  scope, body, content = '', contentless_delete = 1, detail = 'full', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER incidents_fts_insert AFTER INSERT ON incidents BEGIN
  INSERT INTO incidents_fts (rowid, scope, body)
  VALUES (new.seq, substr(new.msp_id, 5) || ' ' || substr(new.company_id, 4), new.search_text);
END;

CREATE TRIGGER incidents_fts_update AFTER UPDATE OF search_text ON incidents
WHEN old.search_text IS NOT new.search_text BEGIN
  DELETE FROM incidents_fts WHERE rowid = old.seq;
  INSERT INTO incidents_fts (rowid, scope, body)
  VALUES (new.seq, substr(new.msp_id, 5) || ' ' || substr(new.company_id, 4), new.search_text);
END;

CREATE TRIGGER incidents_fts_delete AFTER DELETE ON incidents BEGIN
  DELETE FROM incidents_fts WHERE rowid = old.seq;
END;

-- Alerts per company, hour, severity and tool, as totals.
CREATE TABLE counters (
  company_id TEXT NOT NULL,
  hour INTEGER NOT NULL,
  severity TEXT NOT NULL,
  tool TEXT NOT NULL,
  msp_id TEXT NOT NULL,
  alerts INTEGER NOT NULL,
  PRIMARY KEY (company_id, hour, severity, tool)
) STRICT, WITHOUT ROWID;
