import type { Env } from "../env.ts";
import type { RenderedMail } from "./render.ts";
import { sendBySes, sesSettings } from "./ses.ts";

/** How one attempt ended. `again`: a later one may succeed. */
export type Sent = { ok: true; provider_id: string | null } | { ok: false; again: boolean; error: string };

export interface Transport {
  /** `mailbox`: a local run keeps its mails and shows them at /dev/... instead of sending them. */
  name: "mailbox" | "ses";
  /** Never throws. */
  send(to: string, mail: RenderedMail): Promise<Sent>;
}

/** null where none is configured: mails then wait. */
export function transportOf(env: Env): Transport | null {
  if (env.ENVIRONMENT === "local")
    return { name: "mailbox", send: async () => ({ ok: true, provider_id: null }) };
  const settings = sesSettings(env);
  if (!settings) return null;
  return { name: "ses", send: (to, mail) => sendBySes(settings, to, mail) };
}
