import { expect } from "vitest";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { eventually } from "./eventually.ts";
import type { TestInstance } from "./instance.ts";

interface Mail {
  to: string;
  kind: string;
  links: string[];
}

/** The newest link that a local run would have mailed to somebody. */
export async function mailedLink(instance: TestInstance, to: string, kind: string): Promise<URL> {
  return await eventually(async () => {
    const answer = await fetch(`${instance.url}/dev/mailbox?format=json`);
    const { items } = (await answer.json()) as { items: Mail[] };
    const link = items.find((mail) => mail.to === to && mail.kind === kind)?.links[0];
    expect(link, `a mail of ${kind} to ${to}`).toBeDefined();
    return new URL(link ?? "");
  });
}

/** Confirms somebody's address by the link they were mailed; invitations need that. */
export async function confirmAddress(instance: TestInstance, who: ApiClient, email: string): Promise<void> {
  const link = await mailedLink(instance, email, "verify_email");
  await who.json("POST", "/api/auth/verify-email", {
    token: new URLSearchParams(link.hash.slice(1)).get("token"),
  });
}

export const INVITED_PASSWORD = "correct horse battery";

/** Invited by `inviter`, and in: the new colleague's own API client, signed in. */
export async function joins(
  instance: TestInstance,
  inviter: ApiClient,
  person: { email: string; name: string; role: string; company_ids: string[] },
): Promise<ApiClient> {
  const { email, name, role, company_ids } = person;
  await inviter.json("POST", "/api/invitations", { email, role, company_ids });
  const link = await mailedLink(instance, email, "invitation");
  const client = new ApiClient(instance.url);
  const token = new URLSearchParams(link.hash.slice(1)).get("token");
  await client.json("POST", "/api/invitations/accept", { token, name, password: INVITED_PASSWORD });
  return client;
}
