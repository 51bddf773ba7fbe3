import { and, desc, eq } from "drizzle-orm";
import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { database } from "../../db/database.ts";
import { loadMsp } from "../../db/msps.ts";
import { emailTokens } from "../../db/schema.ts";
import { addressProof } from "../../notify/address-proof.ts";
import { route as define } from "../route.ts";

const EVERY_MS = 60_000;

/** The links of earlier mails go on working until one of them is used. */
export const route = define({
  method: "POST",
  path: "/api/me/verify-email",
  summary: "Send the mail that confirms one's address again",
  access: "own.verify_email",
  audit: ["user.verification_sent"],
  success: { status: 202, description: "on its way", schema: z.object({ email: z.string() }) },
  errors: ["conflict", "rate_limited"],
  async handler({ env, session, origin, now, audit, waitUntil }) {
    const { actor, email } = session;
    if (session.email_verified) return fail("conflict", "Your address is confirmed already.");
    const db = database(env);
    const last = await db
      .select({ at: emailTokens.created_at })
      .from(emailTokens)
      .where(and(eq(emailTokens.user_id, actor.user_id), eq(emailTokens.purpose, "verify")))
      .orderBy(desc(emailTokens.created_at))
      .limit(1)
      .get();
    if (last && now - last.at < EVERY_MS)
      return fail("rate_limited", "The mail was sent less than a minute ago. Look into your inbox first.", {
        retry_after: Math.ceil((last.at + EVERY_MS - now) / 1000),
      });
    const msp = await loadMsp(env, actor.msp_id);
    const proof = await addressProof(env, { id: actor.user_id, name: actor.name, email }, msp, {
      origin,
      now,
    });
    await db.batch([
      ...proof.statements,
      audit({
        action: "user.verification_sent",
        company_id: null,
        target: { type: "user", id: actor.user_id, name: actor.name },
      }),
    ]);
    waitUntil(proof.send());
    return ok({ email });
  },
});
