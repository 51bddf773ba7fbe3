import { randomBytes } from "node:crypto";
import { tokenHash } from "./personal-token.ts";

const HOUR_MS = 3_600_000;
export const VERIFY_MS = 24 * HOUR_MS;
export const RESET_MS = HOUR_MS;
export const INVITATION_MS = 7 * 24 * HOUR_MS;

/** 256 random bits for a mailed link; the database keeps their hash alone. */
export function newMailToken(): { token: string; token_hash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, token_hash: tokenHash(token) };
}
