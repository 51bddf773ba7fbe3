-- Invitations, and what is to be mailed.
CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  email TEXT NOT NULL CHECK (email = lower(email)),
  role TEXT NOT NULL CHECK (role IN ('msp_admin', 'technician', 'company_admin', 'client')),
  company_ids TEXT NOT NULL,
  employer_company_id TEXT,
  token_hash TEXT NOT NULL UNIQUE,
  invited_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  accepted_at INTEGER,
  revoked_at INTEGER
) STRICT;
