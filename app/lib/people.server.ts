import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import { ROLES } from "../../core/actor.ts";
import { idForm, intent, nothingForm, runIntent, segment } from "./intents.server.ts";

const role = z.enum(ROLES, { error: "Choose a role" });
const companyIds = z.array(z.string()).default([]);
const inviteForm = z.object({
  email: z.email("Enter an e-mail address, for example dana@example.com"),
  role,
  company_ids: companyIds,
});
const editForm = idForm.extend({ role, company_ids: companyIds });

/** An administrator of the MSP is for every company and names none. */
const scopeOf = (form: { role: string; company_ids: string[] }) =>
  form.role === "msp_admin" ? [] : form.company_ids;
const person = (id: string) => `/api/people/${segment(id)}`;
const invitation = (id: string) => `/api/invitations/${segment(id)}`;

/** Runs one of the forms of the people page. */
export function runPeopleAction(context: AppLoadContext, request: Request) {
  return runIntent(context, request, {
    invite: intent("POST", inviteForm, (form) => ({
      path: "/api/invitations",
      body: { ...form, company_ids: scopeOf(form) },
    })),
    "invite-resend": intent("POST", idForm, ({ id }) => ({ path: `${invitation(id)}/resend`, body: {} })),
    "invite-revoke": intent("DELETE", idForm, ({ id }) => ({ path: invitation(id) })),
    "person-edit": intent("PATCH", editForm, (form) => ({
      path: person(form.id),
      body: { role: form.role, company_ids: scopeOf(form) },
    })),
    "person-disable": intent("PATCH", idForm, ({ id }) => ({ path: person(id), body: { disabled: true } })),
    "person-enable": intent("PATCH", idForm, ({ id }) => ({ path: person(id), body: { disabled: false } })),
    "verify-email": intent("POST", nothingForm, () => ({ path: "/api/me/verify-email", body: {} })),
  });
}
