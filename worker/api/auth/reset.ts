import { and, eq, gt, isNull } from "drizzle-orm";
import * as z from "zod";
import { emailSchema } from "../../../core/account.ts";
import { ok } from "../../../core/errors.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { newMailToken, RESET_MS } from "../../auth/mail-token.ts";
import { linkActor } from "../../auth/redeem-link.ts";
import { database } from "../../db/database.ts";
import { emailTokens, msps, users } from "../../db/schema.ts";
import { describeError, log } from "../../log.ts";
import { notify } from "../../notify/notify.ts";
import { route as define, type RouteContext } from "../route.ts";

const EVERY_MS = 60_000;

type Asked = Pick<
  RouteContext<"public", undefined, undefined, { email: string }>,
  "env" | "request" | "body" | "origin" | "now" | "audit"
>;

/** Mails a link to whoever has an account under the address, at most once a minute. */
async function sendLink({ env, request, body, origin, now, audit }: Asked): Promise<void> {
  const db = database(env);
  const found = await db
    .select({ user: users, msp: msps })
    .from(users)
    .innerJoin(msps, eq(msps.id, users.msp_id))
    .where(and(eq(users.email, body.email), isNull(users.disabled_at)))
    .get();
  if (!found) return;
  const { user, msp } = found;
  const recent = await db
    .select({ at: emailTokens.created_at })
    .from(emailTokens)
    .where(
      and(
        eq(emailTokens.user_id, user.id),
        eq(emailTokens.purpose, "reset"),
        gt(emailTokens.created_at, now - EVERY_MS),
      ),
    )
    .get();
  if (recent) return;
  const { token, token_hash } = newMailToken();
  const expires_at = now + RESET_MS;
  const url = `${origin}/reset/confirm#token=${token}`;
  const mail = await notify(
    env,
    { email: user.email, msp },
    { kind: "password_reset", name: user.name, url },
    { now, expires_at },
  );
  await db.batch([
    db.insert(emailTokens).values({
      token_hash,
      purpose: "reset",
      msp_id: user.msp_id,
      user_id: user.id,
      email: user.email,
      created_at: now,
      expires_at,
    }),
    mail.insert,
    audit(
      {
        action: "password.reset_requested",
        company_id: null,
        target: { type: "user", id: user.id, name: user.name },
      },
      linkActor(request, user),
    ),
  ]);
  await mail.send();
}

/**
 * Answered before anybody is looked for, so that neither the words nor the time tell whether there is an
 * account; whoever gets no mail asks again.
 */
export const route = define({
  method: "POST",
  path: "/api/auth/reset",
  summary: "Ask for a mail to choose a new password",
  access: "public",
  audit: ["password.reset_requested"],
  body: z.object({ email: emailSchema }),
  success: {
    status: 202,
    description: "a mail is on its way if the address has an account",
    schema: z.object({ detail: z.string() }),
  },
  errors: ["too_many_failures"],
  async handler(c) {
    const limited = await limitAttempts(c.env, c.request);
    if (!limited.ok) return limited;
    c.waitUntil(
      sendLink(c).catch((error: unknown) => log("reset_not_sent", { error: describeError(error) })),
    );
    return ok({ detail: "If there is an account under that address, a mail with a link is on its way." });
  },
});
