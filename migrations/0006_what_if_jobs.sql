-- Jobs may be what-ifs as well, and be cancelled. SQLite cannot change a CHECK, so the table is made anew.
CREATE TABLE jobs_next (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL,
  company_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('export', 'deletion', 'preview')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER,
  data TEXT NOT NULL
) STRICT;
INSERT INTO jobs_next SELECT id, msp_id, company_id, kind, status, created_at, updated_at, attempts, expires_at, data FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_next RENAME TO jobs;

CREATE INDEX jobs_by_company ON jobs (company_id, created_at);
CREATE INDEX jobs_open ON jobs (updated_at) WHERE status IN ('queued', 'running');
CREATE INDEX jobs_expiring ON jobs (expires_at) WHERE expires_at IS NOT NULL;
