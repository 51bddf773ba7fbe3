import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, eq } from "drizzle-orm";
import { fail, ok, type Result } from "../../core/errors.ts";
import type { Credential } from "../../core/sign-in.ts";
import { database } from "../db/database.ts";
import { passkeys, users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { type ChallengeFor, keepChallenge, takeChallenge } from "./challenge.ts";
import type { Session } from "./session.ts";

/** Browsers tie a passkey to the host it was made for. */
const rpId = (origin: string): string => new URL(origin).hostname;
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

type PasskeyRow = typeof passkeys.$inferSelect;
interface Answer {
  challenge_id: string;
  response: Credential;
}

/** For the browser: its JSON names and values alone. */
const plain = (options: object): Record<string, unknown> => ({ ...options });

async function keysOf(env: Env, userId: string) {
  const rows = await database(env).select().from(passkeys).where(eq(passkeys.user_id, userId));
  return rows.map(({ credential_id, transports }) => ({ id: credential_id, transports }));
}

/** What a browser needs to make a new passkey for this person. */
export async function registrationOptions(env: Env, session: Session, origin: string, now: number) {
  const { user_id, name } = session.actor;
  const options = await generateRegistrationOptions({
    rpName: "Alert Whisperer",
    rpID: rpId(origin),
    userID: new Uint8Array(Buffer.from(user_id)),
    userName: session.email,
    userDisplayName: name,
    attestationType: "none",
    excludeCredentials: await keysOf(env, user_id),
    // Security keys that cannot check a finger or PIN still serve as a second factor.
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
  const use: ChallengeFor = { purpose: "register", user_id };
  return { challenge_id: await keepChallenge(env, use, options.challenge, now), options: plain(options) };
}

/** The row of a passkey that was just made. Fails with validation_failed. */
export async function newPasskey(
  env: Env,
  session: Session,
  origin: string,
  answer: Answer & { name: string },
  now: number,
): Promise<Result<PasskeyRow>> {
  const { user_id, msp_id } = session.actor;
  const refused = () =>
    fail("validation_failed", "The passkey could not be checked. Try again.", {
      fields: { response: "is not what was asked for, or came too late" },
    });
  const challenge = await takeChallenge(env, answer.challenge_id, { purpose: "register", user_id }, now);
  if (challenge === null) return refused();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer.response as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId(origin),
      requireUserVerification: false,
    });
    if (!verified) return refused();
    const { credential, credentialBackedUp } = registrationInfo;
    return ok({
      id: newId("pk"),
      msp_id,
      user_id,
      name: answer.name,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: (credential.transports ?? []).filter((one) => TRANSPORTS.includes(one)),
      backed_up: credentialBackedUp,
      created_at: now,
      last_used_at: null,
    });
  } catch {
    return refused();
  }
}

/** What a browser needs to sign in: with any passkey it has for us, or with one of this person's. */
export async function assertionOptions(env: Env, use: ChallengeFor, origin: string, now: number) {
  const options = await generateAuthenticationOptions({
    rpID: rpId(origin),
    userVerification: use.user_id === null ? "required" : "preferred",
    ...(use.user_id !== null && { allowCredentials: await keysOf(env, use.user_id) }),
  });
  return { challenge_id: await keepChallenge(env, use, options.challenge, now), options: plain(options) };
}

/**
 * Whose passkey signed. In place of a password it must have checked that it is its owner; its counter, where
 * it has one, must have grown. null for anything else.
 */
export async function checkAssertion(
  env: Env,
  use: ChallengeFor,
  origin: string,
  answer: Answer,
  now: number,
): Promise<typeof users.$inferSelect | null> {
  const challenge = await takeChallenge(env, answer.challenge_id, use, now);
  if (challenge === null) return null;
  const db = database(env);
  const found = await db
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, and(eq(users.id, passkeys.user_id), eq(users.msp_id, passkeys.msp_id)))
    .where(eq(passkeys.credential_id, answer.response.id))
    .get();
  if (!found || found.user.disabled_at !== null) return null;
  if (use.user_id !== null && found.user.id !== use.user_id) return null;
  const { passkey } = found;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer.response as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId(origin),
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(Buffer.from(passkey.public_key, "base64url")),
        counter: passkey.counter,
      },
      requireUserVerification: use.user_id === null,
    });
    if (!verified) return null;
    const used = await db
      .update(passkeys)
      .set({ counter: authenticationInfo.newCounter, last_used_at: now })
      .where(and(eq(passkeys.id, passkey.id), eq(passkeys.counter, passkey.counter)))
      .returning({ id: passkeys.id });
    return used.length === 1 ? found.user : null;
  } catch {
    return null;
  }
}
