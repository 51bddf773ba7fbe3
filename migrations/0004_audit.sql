-- The audit log. A row comes with the change it notes; the MSP's hub then numbers it and links it to the
-- one before. The hash of the payload stays when the payload is erased, so the chain still verifies.
CREATE TABLE audit_entries (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL,
  company_id TEXT,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor_id TEXT,
  actor_name TEXT NOT NULL,
  target_type TEXT NOT NULL,
  target_id TEXT NOT NULL,
  payload TEXT,
  payload_hash TEXT NOT NULL,
  seq INTEGER,
  prev_hash TEXT,
  hash TEXT
) STRICT;

CREATE INDEX audit_unchained ON audit_entries (msp_id, at, id) WHERE seq IS NULL;
CREATE UNIQUE INDEX audit_by_seq ON audit_entries (msp_id, seq) WHERE seq IS NOT NULL;

-- The log as people read it: newest first, of the MSP or of one company.
CREATE INDEX audit_by_time ON audit_entries (msp_id, at, id);
CREATE INDEX audit_by_company ON audit_entries (company_id, at, id) WHERE company_id IS NOT NULL;

-- How far the change of the service's sealing key is: one row a change, named by the keys, the
-- present one first. `resealed` and `failed` are of the round
-- that is under way; a round that found nothing is the last.
CREATE TABLE secret_rotation (
  key_ids TEXT PRIMARY KEY,
  cursor TEXT NOT NULL,
  resealed INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  total INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
