import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { codeSchema, contactSchema } from "../../../core/profile.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { guard, isGuardFailure } from "../../db/guard.ts";
import { contacts } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";
import { codeMac, contactItem, MAX_FAILURES } from "./contact-item.ts";

const wrong = (what: string) =>
  fail("validation_failed", "That code does not work.", { fields: { code: what } });
const isDead = "too old, or tried too often: ask for a new one";

/** A try is counted before the code is compared, so that tries at once cannot outrun the count. */
export const route = define({
  method: "POST",
  path: "/api/me/contacts/{id}/verify",
  summary: "Confirm a contact by the code that was sent there",
  access: "own.profile",
  audit: ["contact.verified"],
  params: idParams,
  body: codeSchema,
  success: { status: 200, description: "confirmed", schema: contactSchema },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body, now, audit }) {
    const db = database(env);
    const mine = and(eq(contacts.id, params.id), eq(contacts.user_id, actor.user_id));
    const row = await db.select().from(contacts).where(mine).get();
    if (!row) return notFound();
    if (row.verified_at !== null) return ok(contactItem(row));
    if (row.kind === "phone")
      return fail(
        "conflict",
        "Phone numbers cannot be confirmed yet: there is no way to send a code to one.",
      );
    const [tried] = await db
      .update(contacts)
      .set({ code_failures: sql`${contacts.code_failures} + 1` })
      .where(
        and(
          mine,
          isNull(contacts.verified_at),
          gt(contacts.code_expires_at, now),
          lt(contacts.code_failures, MAX_FAILURES),
        ),
      )
      .returning();
    if (!tried) return wrong(isDead);
    const mac = codeMac(env, row.id, body.code);
    if (mac !== tried.code_hash) return wrong("not the code of the newest mail");
    try {
      await db.batch([
        guard(env, sql`EXISTS (SELECT 1 FROM ${contacts} WHERE ${mine} AND ${contacts.code_hash} = ${mac})`),
        db.update(contacts).set({ verified_at: now, code_hash: null, code_expires_at: null }).where(mine),
        audit({
          action: "contact.verified",
          company_id: null,
          target: { type: "contact", id: row.id },
          after: { kind: row.kind, value: row.address },
        }),
      ]);
    } catch (error) {
      if (isGuardFailure(error)) return wrong(isDead);
      throw error;
    }
    return ok(contactItem({ ...row, verified_at: now }));
  },
});
