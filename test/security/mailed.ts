import { env } from "cloudflare:workers";
import { open } from "../../worker/secrets.ts";

/** What of the newest mail to an address fits: its link's token, its code. @throws where there is none */
export async function mailed(recipient: string, what: RegExp): Promise<string> {
  const row = await env.DB.prepare(
    "SELECT msp_id, sealed FROM mails WHERE recipient = ?1 ORDER BY created_at DESC, rowid DESC LIMIT 1",
  )
    .bind(recipient)
    .first<{ msp_id: string; sealed: string }>();
  if (!row) throw new Error(`no mail to ${recipient}`);
  const { text } = JSON.parse(await open(env, row.msp_id, row.sealed)) as { text: string };
  const found = what.exec(text)?.[1];
  if (!found) throw new Error(`nothing like ${what} in: ${text}`);
  return found;
}

export const TOKEN = /token=([\w-]+)/;
export const CODE = /\b(\d{6})\b/;
