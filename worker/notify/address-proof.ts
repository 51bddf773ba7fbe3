import { newMailToken, VERIFY_MS } from "../auth/mail-token.ts";
import { database } from "../db/database.ts";
import { emailTokens } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { notify, type Recipient } from "./notify.ts";

/**
 * The mail whose link proves that the address is the person's. `statements` belong into the batch that gives
 * them the address, `send` goes after it.
 */
export async function addressProof(
  env: Env,
  person: { id: string; name: string; email: string },
  msp: Recipient["msp"],
  { origin, now }: { origin: string; now: number },
) {
  const { token, token_hash } = newMailToken();
  const expires_at = now + VERIFY_MS;
  const url = `${origin}/verify#token=${token}`;
  const mail = await notify(
    env,
    { email: person.email, msp },
    { kind: "verify_email", name: person.name, url },
    { now, expires_at },
  );
  const link = database(env).insert(emailTokens).values({
    token_hash,
    purpose: "verify",
    msp_id: msp.id,
    user_id: person.id,
    email: person.email,
    created_at: now,
    expires_at,
  });
  return { statements: [link, mail.insert] as const, send: mail.send };
}
