import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import { TOKEN_SCOPES, type TokenScope } from "../../core/permissions.ts";
import type { profileSchema } from "../../core/profile.ts";
import type { Part } from "../components/overview/part.tsx";
import { callApi } from "./api.server.ts";
import { idForm, intent, nothingForm, runIntent, segment } from "./intents.server.ts";
import type { Contact, List, Passkey, PersonalToken, SessionItem, TotpStatus } from "./people-types.ts";

export type Profile = z.infer<typeof profileSchema>;

/** Everything on one's own account, read side by side; a part that fails says so in its own place. */
export async function loadProfile(context: AppLoadContext, withTokens: boolean) {
  async function part<T>(path: string): Promise<Part<T>> {
    const answer = await callApi<T>(context, "GET", path);
    return answer.ok ? { value: answer.value } : { problem: answer.error.detail };
  }
  const [profile, contacts, totp, passkeys, sessions, tokens] = await Promise.all([
    part<Profile>("/api/me/profile"),
    part<List<Contact>>("/api/me/contacts"),
    part<TotpStatus>("/api/me/totp"),
    part<List<Passkey>>("/api/me/passkeys"),
    part<List<SessionItem>>("/api/me/sessions"),
    withTokens ? part<List<PersonalToken>>("/api/me/tokens") : null,
  ]);
  return { profile, contacts, totp, passkeys, sessions, tokens };
}

const given = (error: string) => z.string({ error }).trim();
const code = given("Enter the code");
const scopes = Object.keys(TOKEN_SCOPES) as [TokenScope, ...TokenScope[]];
const DAY_MS = 86_400_000;

const profileForm = z.object({ name: given("Enter your name").max(120), time_zone: z.string() });
const passwordForm = z
  .object({
    current: z.string({ error: "Enter your password" }),
    password: z.string({ error: "Choose a password" }).min(8, "Use at least 8 characters").max(200),
    again: z.string({ error: "Enter it a second time" }),
  })
  .refine((form) => form.password === form.again, { path: ["again"], error: "These two differ" });
const contactForm = z.object({ kind: z.enum(["email", "phone"]), value: given("Enter it") });
const tokenForm = z.object({
  name: given("Say what it is for").max(80),
  scopes: z.array(z.enum(scopes)).min(1, "Choose at least one"),
  days: z.coerce.number().int().min(0).max(3650),
});
const removeForm = z.object({ password: z.string({ error: "Enter your password" }), code });

const expiry = (days: number, now: number) =>
  days > 0 ? { expires_at: new Date(now + days * DAY_MS).toISOString() } : {};

/** Runs one of the profile's forms. */
export function runProfileAction(context: AppLoadContext, request: Request, now: number) {
  return runIntent(context, request, {
    profile: intent("PATCH", profileForm, (body) => ({ path: "/api/me/profile", body })),
    password: intent(
      "POST",
      passwordForm,
      ({ current, password }) => ({ path: "/api/me/password", body: { current, password } }),
      ["current", "password", "again"],
    ),
    "contact-add": intent("POST", contactForm, (body) => ({ path: "/api/me/contacts", body })),
    "contact-verify": intent("POST", idForm.extend({ code }), ({ id, ...body }) => ({
      path: `/api/me/contacts/${segment(id)}/verify`,
      body,
    })),
    "contact-remove": intent("DELETE", idForm, ({ id }) => ({ path: `/api/me/contacts/${segment(id)}` })),
    "verify-email": intent("POST", nothingForm, () => ({ path: "/api/me/verify-email", body: {} })),
    "recovery-codes": intent(
      "POST",
      z.object({ code }),
      (body) => ({ path: "/api/me/totp/recovery-codes", body }),
      ["code"],
    ),
    "totp-remove": intent("DELETE", removeForm, (body) => ({ path: "/api/me/totp", body }), [
      "password",
      "code",
    ]),
    "passkey-remove": intent("DELETE", idForm, ({ id }) => ({ path: `/api/me/passkeys/${segment(id)}` })),
    "session-end": intent("DELETE", idForm, ({ id }) => ({ path: `/api/me/sessions/${segment(id)}` })),
    "sessions-end": intent("DELETE", nothingForm, () => ({ path: "/api/me/sessions" })),
    "token-add": intent("POST", tokenForm, ({ days, ...body }) => ({
      path: "/api/me/tokens",
      body: { ...body, ...expiry(days, now) },
    })),
    "token-revoke": intent("DELETE", idForm, ({ id }) => ({ path: `/api/me/tokens/${segment(id)}` })),
  });
}
