import type { Actor } from "../../../core/actor.ts";
import { fail } from "../../../core/errors.ts";
import { INVITATION_MS, newMailToken } from "../../auth/mail-token.ts";
import { loadMsp } from "../../db/msps.ts";
import type { InvitationRow } from "../../db/schema.ts";
import type { Env } from "../../env.ts";
import { notify } from "../../notify/notify.ts";

/** Nobody mails strangers in the name of an address that may not be theirs. */
export const unverified = () =>
  fail("email_unverified", "Confirm your own e-mail address first: the link is in your inbox.");

/** A new link of an invitation and the mail that carries it; links sent before are void once it is written. */
export async function invitationMail(
  env: Env,
  by: Actor,
  to: Pick<InvitationRow, "email" | "role"> & { companies: string[] },
  { origin, now }: { origin: string; now: number },
) {
  const { token, token_hash } = newMailToken();
  const expires_at = now + INVITATION_MS;
  const { email, role, companies } = to;
  const mail = await notify(
    env,
    { email, msp: await loadMsp(env, by.msp_id) },
    { kind: "invitation", inviter: by.name, role, companies, url: `${origin}/invite#token=${token}` },
    { now, expires_at },
  );
  return { ...mail, link: { token_hash, expires_at, sent_at: now } };
}
