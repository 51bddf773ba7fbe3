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
  revoked_at INTEGER,
  -- The newest mail; created_at stays at the first.
  sent_at INTEGER NOT NULL
) STRICT;

CREATE INDEX invitations_by_msp ON invitations (msp_id, created_at);

-- One-time links to a person's own address. The token itself is in the mail alone.
CREATE TABLE email_tokens (
  token_hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('verify', 'reset')),
  msp_id TEXT NOT NULL REFERENCES msps (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  -- The address that it proves: void once the person has another.
  email TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX email_tokens_by_user ON email_tokens (user_id, purpose, created_at);
CREATE INDEX email_tokens_by_end ON email_tokens (expires_at);

-- Where else somebody can be reached; in use once a code sent there came back.
CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
  address TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  verified_at INTEGER,
  code_hash TEXT,
  code_expires_at INTEGER,
  -- Wrong codes given since it was sent.
  code_failures INTEGER NOT NULL DEFAULT 0,
  code_sent_at INTEGER,
  UNIQUE (user_id, kind, address)
) STRICT;

-- Written with the change that causes them and sent afterwards. `sealed` holds subject, text and HTML,
-- encrypted; it is emptied once the mail is out, except where the mailbox of a local run shows it.
CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  sealed TEXT,
  status TEXT NOT NULL CHECK (status IN ('queued', 'sent', 'failed')),
  created_at INTEGER NOT NULL,
  -- Of what it carries: sent later it would be of no use.
  expires_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Not before then; moved on by whoever sends it, before sending.
  next_at INTEGER NOT NULL,
  sent_at INTEGER,
  provider_id TEXT,
  last_error TEXT
) STRICT;

CREATE INDEX mails_due ON mails (next_at) WHERE status = 'queued';
CREATE INDEX mails_by_time ON mails (created_at);

-- JSON: {"color": "#rrggbb"}.
ALTER TABLE msps ADD COLUMN brand TEXT;
