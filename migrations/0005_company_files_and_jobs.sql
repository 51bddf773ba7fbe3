-- Work that takes a while, with its progress: exports and deletions.
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL,
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('export', 'deletion')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE INDEX jobs_by_company ON jobs (company_id, created_at);
CREATE INDEX jobs_open ON jobs (updated_at) WHERE status IN ('queued', 'running');
