import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface SignIn {
  email: string;
  password: string;
}

export interface LocalCompany {
  id: string;
  name: string;
  api_key: string;
  hmac_secret: string;
  webhook_url: string;
}

/** What a local instance must remember and nobody else may read: `first-run.json`, mode 0600. */
export interface FirstRun {
  /** Bindings of the Worker: 32 random bytes each, base64. */
  secrets: {
    API_KEY_SECRET: string;
    SESSION_SECRET: string;
    SECRETS_KEY: string;
    /** Those before, newest first, comma-separated: until nothing is sealed with them any more. */
    SECRETS_KEY_PREVIOUS?: string;
  };
  sign_in: SignIn;
  company: LocalCompany | null;
  demo?: { sign_in: SignIn; companies: LocalCompany[] };
}

export const firstRunPath = (dataDir: string): string => join(dataDir, "first-run.json");

/** Where the runtime keeps databases and objects. */
export const statePath = (dataDir: string): string => join(dataDir, "state");

const secret = (): string => randomBytes(32).toString("base64");
export const newPassword = (): string => randomBytes(12).toString("base64url");

/** Reads the file, or makes one before anything exists that needs it: a run killed half-way can go on. */
export function loadFirstRun(dataDir: string): FirstRun {
  const path = firstRunPath(dataDir);
  if (existsSync(path)) {
    const kept = JSON.parse(readFileSync(path, "utf8")) as FirstRun;
    // Somebody threw the data away: what the file names is gone with it, the secrets can stay.
    if (!existsSync(statePath(dataDir))) return { ...kept, company: null, demo: undefined };
    return kept;
  }
  const fresh: FirstRun = {
    secrets: { API_KEY_SECRET: secret(), SESSION_SECRET: secret(), SECRETS_KEY: secret() },
    sign_in: { email: "admin@example.com", password: newPassword() },
    company: null,
  };
  saveFirstRun(dataDir, fresh);
  return fresh;
}

/** Puts a new sealing key in front; the running instance takes it at its next start, and reseals by itself. */
export function rotateSecretsKey(dataDir: string): void {
  const file = loadFirstRun(dataDir);
  const { SECRETS_KEY: old, SECRETS_KEY_PREVIOUS: older } = file.secrets;
  const previous = older ? `${old},${older}` : old;
  saveFirstRun(dataDir, {
    ...file,
    secrets: { ...file.secrets, SECRETS_KEY: secret(), SECRETS_KEY_PREVIOUS: previous },
  });
}

/** Replaces the file in one step, so that a crash leaves the old or the new one. */
export function saveFirstRun(dataDir: string, value: FirstRun): void {
  const path = firstRunPath(dataDir);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
