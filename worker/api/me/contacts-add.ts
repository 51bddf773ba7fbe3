import { eq } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { contactSchema, newContactSchema } from "../../../core/profile.ts";
import { database, isUniqueViolation } from "../../db/database.ts";
import { loadMsp } from "../../db/msps.ts";
import { type ContactRow, contacts } from "../../db/schema.ts";
import { newId } from "../../new-id.ts";
import { notify } from "../../notify/notify.ts";
import { unverified } from "../invitations/mail.ts";
import { route as define } from "../route.ts";
import { CODE_MS, codeMac, contactItem, newCode } from "./contact-item.ts";

const EVERY_MS = 60_000;
const MAX_CONTACTS = 10;

/** An e-mail address gets a code; the same one again, while unconfirmed, gets a new code. */
export const route = define({
  method: "POST",
  path: "/api/me/contacts",
  summary: "Add an address to be reached at; a code is mailed to it",
  access: "own.profile",
  audit: ["contact.added", "contact.code_sent"],
  body: newContactSchema,
  success: { status: 201, description: "added, not confirmed yet", schema: contactSchema },
  errors: ["conflict", "email_unverified", "rate_limited"],
  async handler({ env, session, body, now, audit, waitUntil }) {
    const { actor } = session;
    const { kind, value } = body;
    if (kind === "email" && !session.email_verified) return unverified();
    const db = database(env);
    const own = await db.select().from(contacts).where(eq(contacts.user_id, actor.user_id));
    const known = own.find((row) => row.kind === kind && row.address === value);
    if (known && (known.verified_at !== null || kind === "phone"))
      return fail("conflict", "You have that one already.", { fields: { value: "is there already" } });
    if (!known && own.length >= MAX_CONTACTS)
      return fail("conflict", `At most ${MAX_CONTACTS} contacts. Remove one first.`);
    // The newest of all, so that deleting and adding again makes no difference.
    const wait = Math.max(0, ...own.map((row) => row.code_sent_at ?? 0)) + EVERY_MS - now;
    if (kind === "email" && wait > 0)
      return fail("rate_limited", "A code was sent less than a minute ago. Wait a little.", {
        retry_after: Math.ceil(wait / 1000),
      });

    const id = known?.id ?? newId("ct");
    const target = { type: "contact", id };
    const plain: ContactRow = {
      id,
      msp_id: actor.msp_id,
      user_id: actor.user_id,
      kind,
      address: value,
      created_at: known?.created_at ?? now,
      verified_at: null,
      code_hash: null,
      code_expires_at: null,
      code_failures: 0,
      code_sent_at: null,
    };
    const noted = audit({
      action: known ? "contact.code_sent" : "contact.added",
      company_id: null,
      target,
      after: { kind, value },
    });
    try {
      if (kind === "phone") {
        await db.batch([db.insert(contacts).values(plain), noted]);
        return ok(contactItem(plain));
      }
      const code = newCode();
      const expires_at = now + CODE_MS;
      const mail = await notify(
        env,
        { email: value, msp: await loadMsp(env, actor.msp_id) },
        { kind: "contact_code", name: actor.name, code },
        { now, expires_at },
      );
      const coded = {
        code_hash: codeMac(env, id, code),
        code_expires_at: expires_at,
        code_failures: 0,
        code_sent_at: now,
      };
      const row = { ...plain, ...coded };
      await db.batch([
        db.insert(contacts).values(row).onConflictDoUpdate({ target: contacts.id, set: coded }),
        mail.insert,
        noted,
      ]);
      waitUntil(mail.send());
      return ok(contactItem(row));
    } catch (error) {
      if (isUniqueViolation(error)) return fail("conflict", "You have that one already.");
      throw error;
    }
  },
});
