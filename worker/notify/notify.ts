import { DEFAULT_BRAND, type MspBrand } from "../../core/msp.ts";
import { database } from "../db/database.ts";
import { mails } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { seal } from "../secrets.ts";
import { deliverNow } from "./deliver.ts";
import { type Message, mailContent } from "./message.ts";
import { renderMail } from "./render.ts";

export interface Recipient {
  email: string;
  msp: { id: string; name: string; brand: MspBrand | null };
}

/**
 * Tells somebody something, by whichever channel reaches them; so far that is e-mail.
 * `insert` belongs into the batch that makes the change; `send` goes after it, and never throws: what is not
 * sent then, the sweep sends. `expires_at` in epoch ms: later it would be of no use.
 */
export async function notify(
  env: Env,
  to: Recipient,
  message: Message,
  { now, expires_at }: { now: number; expires_at: number },
) {
  const { id: msp_id, name, brand } = to.msp;
  const mail = renderMail(mailContent(message, name), { msp: name, ...(brand ?? DEFAULT_BRAND) });
  const id = newId("ml");
  const row = {
    id,
    msp_id,
    kind: message.kind,
    recipient: to.email,
    sealed: await seal(env, msp_id, JSON.stringify(mail)),
    status: "queued" as const,
    created_at: now,
    expires_at,
    next_at: now,
  };
  return { insert: database(env).insert(mails).values(row), send: () => deliverNow(env, id) };
}
