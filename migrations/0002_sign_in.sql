-- What signing in needs of a person: second factors, devices, sessions one can look at.
ALTER TABLE users ADD COLUMN email_verified_at INTEGER;
ALTER TABLE users ADD COLUMN disabled_at INTEGER;
ALTER TABLE users ADD COLUMN employer_company_id TEXT REFERENCES companies (id);
ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
-- Secrets are sealed. The pending one is in force only once a code of it was given.
ALTER TABLE users ADD COLUMN totp_secret TEXT;
ALTER TABLE users ADD COLUMN totp_pending TEXT;
ALTER TABLE users ADD COLUMN totp_enabled_at INTEGER;
-- The newest time step whose code was used: none up to it is taken again.
ALTER TABLE users ADD COLUMN totp_last_step INTEGER;

-- Minutes without a request after which a session ends; null: never before its own end.
ALTER TABLE msps ADD COLUMN idle_timeout_minutes INTEGER CHECK (idle_timeout_minutes BETWEEN 5 AND 1440);

ALTER TABLE sessions ADD COLUMN last_seen_at INTEGER;
ALTER TABLE sessions ADD COLUMN ip TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;
ALTER TABLE sessions ADD COLUMN second_factor TEXT CHECK (second_factor IN ('totp', 'recovery', 'passkey'));
ALTER TABLE sessions ADD COLUMN stepped_up_until INTEGER;

CREATE TABLE recovery_codes (
  user_id TEXT NOT NULL REFERENCES users (id),
  code_hash TEXT NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  credential_id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  backed_up INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- What an authenticator is asked to sign: once, soon, and for one purpose.
CREATE TABLE challenges (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('register', 'sign_in', 'second_factor')),
  user_id TEXT REFERENCES users (id),
  challenge TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX challenges_by_end ON challenges (expires_at);

-- Failed tries at an account from one place. Keyed by a MAC, so that no address can be read from it, and
-- kept alike for addresses that have no account.
CREATE TABLE login_failures (
  key TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until INTEGER,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX login_failures_by_age ON login_failures (updated_at);

-- Browsers from which somebody signed in before: what strangers try elsewhere does not lock them out.
CREATE TABLE known_devices (
  id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX known_devices_by_user ON known_devices (user_id);

CREATE TABLE personal_tokens (
  id TEXT PRIMARY KEY,
  msp_id TEXT NOT NULL REFERENCES msps (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;

CREATE INDEX personal_tokens_by_user ON personal_tokens (user_id);
