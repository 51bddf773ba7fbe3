import { eq } from "drizzle-orm";
import { type Login, loginSchema } from "../../../core/account.ts";
import { meSchema } from "../../../core/company.ts";
import { fail, ok, type Result } from "../../../core/errors.ts";
import type { FactorsLeft } from "../../../core/sign-in.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { deviceOf, isKnownDevice } from "../../auth/known-device.ts";
import { clearTries, codeKey, countTry, passwordKey, takeBack } from "../../auth/lockout.ts";
import { assertionOptions, checkAssertion } from "../../auth/passkey.ts";
import { verifyNothing, verifyPassword } from "../../auth/password.ts";
import { noteRefusal } from "../../auth/refusal-note.ts";
import { redeemCode, secondFactors } from "../../auth/second-factor.ts";
import { loadSession, type SecondFactor, toMe } from "../../auth/session.ts";
import { startSession } from "../../auth/start-session.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import type { Env } from "../../env.ts";
import { route as define, type RouteContext } from "../route.ts";

type User = typeof users.$inferSelect;
type Attempt = Pick<
  RouteContext<"public", undefined, undefined, Login>,
  "env" | "request" | "body" | "origin" | "now" | "waitUntil"
>;

const wrongCode = (field: "totp" | "passkey") =>
  fail("invalid_credentials", "The second factor is not right.", {
    fields: {
      [field]: field === "totp" ? "not right, or used before: wait for the next one" : "could not be checked",
    },
  });

/** Asks for what is missing; a passkey gets something to sign. */
async function askFor(
  env: Env,
  user: User,
  methods: FactorsLeft["methods"],
  origin: string,
  now: number,
): Promise<Result<never>> {
  const left: FactorsLeft = { methods };
  if (methods.includes("passkey"))
    left.passkey = await assertionOptions(env, { purpose: "second_factor", user_id: user.id }, origin, now);
  return fail("totp_required", "The password is right. Now the second factor, please.", {
    fields: { totp: "give a code of your authenticator app, or a recovery code" },
    current: left,
  });
}

/** Answers alike, in the same time, for a wrong password and for an address nobody has. */
export const route = define({
  method: "POST",
  path: "/api/auth/login",
  summary: "Sign in",
  access: "public",
  audit: ["session.created", "session.refused"],
  body: loginSchema,
  success: { status: 200, description: "signed in", schema: meSchema },
  errors: ["invalid_credentials", "totp_required", "too_many_failures"],
  async handler(c) {
    const { env, request, body, now, origin } = c;
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const db = database(env);
    const browser = await deviceOf(env, request);
    const found = await db
      .select({ user: users, known: isKnownDevice(browser, now) })
      .from(users)
      .where(eq(users.email, body.email))
      .get();
    const user = found?.user;
    const device = found?.known === 1 ? browser : null;
    const tried = await countTry(env, passwordKey(env, request, body.email, device), now);
    if (!tried.ok) return tried;
    const right = user ? verifyPassword(body.password, user.password_hash) : verifyNothing(body.password);
    if (!user || !right || user.disabled_at !== null) {
      if (user && tried.value.locks) c.waitUntil(noteRefusal(env, request, user, "password", now));
      return fail("invalid_credentials", "The address or the password is not right.");
    }

    const keys = [tried.value.key];
    let factor: SecondFactor | null = null;
    const methods = await secondFactors(env, user);
    if (methods.length > 0) {
      if (!body.passkey && body.totp === undefined) {
        await takeBack(env, tried.value);
        return askFor(env, user, methods, origin, now);
      }
      const given = await giveFactor(c, user, device);
      if (!given.ok) return given;
      factor = given.value;
      keys.push(codeKey(env, user.id, device));
    }

    const started = await startSession(c, user, factor);
    await db.batch([...started.statements, clearTries(env, keys)]);
    const session = await loadSession(env, started.row.id, now);
    if (!session) return fail("internal", "The session could not be opened. Try again.");
    started.grant();
    return ok(toMe(session));
  },
});

/** The second factor that came with the password, used up. */
async function giveFactor(
  { env, request, body, origin, now, waitUntil }: Attempt,
  user: User,
  device: string | null,
): Promise<Result<SecondFactor>> {
  if (body.passkey) {
    const use = { purpose: "second_factor", user_id: user.id } as const;
    return (await checkAssertion(env, use, origin, body.passkey, now)) ? ok("passkey") : wrongCode("passkey");
  }
  const tried = await countTry(env, codeKey(env, user.id, device), now);
  if (!tried.ok) return tried;
  const factor = await redeemCode(env, user, body.totp ?? "", now);
  if (factor) return ok(factor);
  if (tried.value.locks) waitUntil(noteRefusal(env, request, user, "code", now));
  return wrongCode("totp");
}
