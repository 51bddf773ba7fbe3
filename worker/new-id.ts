import { encodeId } from "../core/ids.ts";

/**
 * What an id is of: company, user, MSP, session, audit entry, invitation, token, passkey, contact, job, mail,
 * challenge, device, rule, silence, maintenance window, correction, mapping, heartbeat.
 */
type Prefix =
  | "co"
  | "us"
  | "msp"
  | "se"
  | "au"
  | "inv"
  | "pat"
  | "pk"
  | "ct"
  | "job"
  | "ml"
  | "ch"
  | "dv"
  | "ru"
  | "si"
  | "mw"
  | "cr"
  | "mp"
  | "hb";

/** 80 random bits behind a prefix. */
export function newId(prefix: Prefix): string {
  return `${prefix}_${encodeId(crypto.getRandomValues(new Uint8Array(10)))}`;
}
