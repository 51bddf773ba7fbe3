-- Work that takes a while, with its progress: exports and deletions. Times are epoch milliseconds.
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL,
  -- NULL once the company is deleted: what is left of it is that it was.
  company_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('export', 'deletion')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
  created_at INTEGER NOT NULL,
  -- Also the sign of life: an open job that shows none is taken up again.
  updated_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- When its file, or the row itself, goes.
  expires_at INTEGER,
  data TEXT NOT NULL
) STRICT;

CREATE INDEX jobs_by_company ON jobs (company_id, created_at);
CREATE INDEX jobs_open ON jobs (updated_at) WHERE status IN ('queued', 'running');
CREATE INDEX jobs_expiring ON jobs (expires_at) WHERE expires_at IS NOT NULL;
