import { SELF } from "cloudflare:test";
import { API } from "./addresses.ts";
import { eventually } from "./eventually.ts";

export interface KeptMail {
  id: string;
  to: string;
  kind: string;
  subject: string;
  text: string;
  html: string;
  created_at: string;
  links: string[];
}

/** What was mailed to an address, newest first. */
export async function mailsTo(address: string, kind?: string): Promise<KeptMail[]> {
  const answer = await SELF.fetch(`${API}/dev/mailbox?format=json`);
  const { items } = await answer.json<{ items: KeptMail[] }>();
  return items.filter((mail) => mail.to === address && (!kind || mail.kind === kind));
}

/** The newest mail to an address, once it is there. */
export async function mailTo(address: string, kind?: string): Promise<KeptMail> {
  return eventually(
    async () => {
      const [mail] = await mailsTo(address, kind);
      if (!mail) throw new Error(`no mail ${kind ?? ""} to ${address}`);
      return mail;
    },
    5000,
    20,
  );
}

/** The token of the mail's link. */
export function tokenOf(mail: KeptMail): string {
  const token = new URL(mail.links[0] ?? "").hash.replace("#token=", "");
  if (!token) throw new Error(`no token in ${mail.links[0]}`);
  return token;
}
