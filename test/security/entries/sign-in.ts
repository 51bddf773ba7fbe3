import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { hashPassword } from "../../../worker/auth/password.ts";
import { newSession } from "../../../worker/auth/session.ts";
import { database } from "../../../worker/db/database.ts";
import { passkeys, sessions, users } from "../../../worker/db/schema.ts";
import { newId } from "../../../worker/new-id.ts";
import type { Colleague } from "../../support/colleague.ts";
import { freshPassword } from "../../support/password.ts";
import { as } from "../as.ts";
import { caller, type Entries, type Entry } from "../entry.ts";

const PASSWORD = "a-good-one-for-walls";
const HASH = hashPassword(PASSWORD);

async function givePassword(who: Colleague): Promise<void> {
  await database(env).update(users).set({ password_hash: HASH }).where(eq(users.id, who.id));
}

/** A caller who knows their password. */
const withPassword = (body: unknown): Entry => ({
  of: "caller",
  async make(_, who) {
    await givePassword(who);
    return { body };
  },
});

/** The secret of an authenticator app that the caller has begun to set up. */
async function beginTotp(who: Colleague): Promise<() => string> {
  const { secret } = await (await as(who, "POST", "/api/me/totp", {})).json<{ secret: string }>();
  return () => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

/** The recovery codes of an authenticator app that the caller has set up. */
async function setUpTotp(who: Colleague): Promise<string[]> {
  await givePassword(who);
  const code = await beginTotp(who);
  const confirmed = await as(who, "POST", "/api/me/totp/confirm", { code: code() });
  return (await confirmed.json<{ recovery_codes: string[] }>()).recovery_codes;
}

async function newPasskey(mspId: string, who: Colleague): Promise<string> {
  const id = newId("pk");
  const row = { id, msp_id: mspId, user_id: who.id, name: "A key", credential_id: id, public_key: "AA" };
  await database(env)
    .insert(passkeys)
    .values({ ...row, counter: 0, transports: [], backed_up: false, created_at: Date.now() });
  return id;
}

const AUTHENTICATOR = "only an authenticator can sign; with one in test/worker/auth-passkeys.test.ts";
const nonsense = { id: "AA", rawId: "AA", type: "public-key", response: {}, clientExtensionResults: {} };

/** Signing in, and what belongs to a person's own account. */
export const signIn: Entries = {
  "POST /api/auth/signup": {
    of: "public",
    make: () => ({
      body: {
        msp_name: "New MSP",
        name: "Grace",
        email: `${crypto.randomUUID()}@example.com`,
        password: freshPassword(),
      },
    }),
  },
  "POST /api/auth/login": {
    of: "public",
    make: ({ owner }) => ({ body: { email: owner.email, password: owner.password } }),
  },
  "POST /api/auth/logout": caller(),
  "POST /api/auth/passkey/options": { of: "public" },
  "POST /api/auth/passkey/verify": {
    of: "public",
    make: () => ({ body: { challenge_id: "ch_0000000000000000", response: nonsense } }),
    answers: { status: 401, why: AUTHENTICATOR },
  },
  "GET /api/me/totp": caller(),
  "POST /api/me/totp": caller({}),
  "POST /api/me/totp/confirm": {
    of: "caller",
    make: async (_, who) => ({ body: { code: (await beginTotp(who))() } }),
  },
  "DELETE /api/me/totp": {
    of: "caller",
    make: async (_, who) => ({ body: { password: PASSWORD, code: (await setUpTotp(who))[0] } }),
  },
  "POST /api/me/totp/recovery-codes": {
    of: "caller",
    make: async (_, who) => ({ body: { code: (await setUpTotp(who))[0] } }),
  },
  "POST /api/me/step-up": withPassword({ password: PASSWORD }),
  "POST /api/me/password": withPassword({ current: PASSWORD, password: `${PASSWORD}-2` }),
  "GET /api/me/passkeys": caller(),
  "POST /api/me/passkeys/options": withPassword({}),
  "POST /api/me/passkeys": {
    of: "caller",
    make: () => ({ body: { challenge_id: "ch_0000000000000000", name: "A key", response: nonsense } }),
    answers: { status: 422, why: AUTHENTICATOR },
  },
  "DELETE /api/me/passkeys/{id}": {
    of: "self",
    async make({ msp_id }, who) {
      await givePassword(who);
      await as(who, "POST", "/api/me/step-up", { password: PASSWORD });
      return { params: { id: await newPasskey(msp_id, who) } };
    },
  },
  "GET /api/me/sessions": caller(),
  "DELETE /api/me/sessions": caller(),
  "DELETE /api/me/sessions/{id}": {
    of: "self",
    async make({ msp_id }, who) {
      const { row } = await newSession(env, who.id, msp_id, Date.now());
      await database(env).insert(sessions).values(row);
      return { params: { id: row.id } };
    },
  },
  "GET /api/me/tokens": caller(),
  "POST /api/me/tokens": caller({ name: "a script", scopes: ["read"] }),
  "DELETE /api/me/tokens/{id}": {
    of: "self",
    async make(_, who) {
      const made = await as(who, "POST", "/api/me/tokens", { name: "a script", scopes: ["read"] });
      return { params: { id: (await made.json<{ id: string }>()).id } };
    },
  },
};
