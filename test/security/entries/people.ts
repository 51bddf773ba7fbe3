import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { database } from "../../../worker/db/database.ts";
import { invitations, users } from "../../../worker/db/schema.ts";
import type { Colleague } from "../../support/colleague.ts";
import { eventually } from "../../support/eventually.ts";
import { as } from "../as.ts";
import { caller, type Entries, type Entry } from "../entry.ts";
import { CODE, mailed, TOKEN } from "../mailed.ts";
import type { World } from "../world.ts";

const newAddress = () => `${crypto.randomUUID()}@example.com`;
const PASSWORD = "a-good-one-for-walls";

/** An invitation into company `a`, by that company's admin. */
async function invite(world: World): Promise<{ id: string; email: string }> {
  const email = newAddress();
  const admin = await world.person("company_admin");
  const made = await as(admin, "POST", "/api/invitations", { email, role: "client", company_ids: [world.a] });
  return { id: (await made.json<{ invitation: { id: string } }>()).invitation.id, email };
}

const ofInvitation: Entry = {
  of: "company",
  make: async (world) => ({ params: { id: (await invite(world)).id } }),
};

const byInvitation = (body: Record<string, unknown>): Entry => ({
  of: "public",
  async make(world) {
    const { email } = await invite(world);
    return { body: { token: await mailed(email, TOKEN), ...body } };
  },
});

async function addressOf(who: Colleague): Promise<string> {
  const row = await database(env)
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, who.id))
    .get();
  return row?.email ?? "";
}

/** Somebody whose address is not proven, and the token that proves it. */
async function unproven(who: Colleague): Promise<void> {
  await database(env).update(users).set({ email_verified_at: null }).where(eq(users.id, who.id));
}

async function newContact(who: Colleague): Promise<{ id: string; value: string }> {
  const value = newAddress();
  const made = await as(who, "POST", "/api/me/contacts", { kind: "email", value });
  return { id: (await made.json<{ id: string }>()).id, value };
}

/** People, their ways in, and what the MSP settles for them. */
export const people: Entries = {
  "POST /api/auth/verify-email": {
    of: "public",
    async make(world) {
      const who = await world.person("technician");
      await unproven(who);
      await as(who, "POST", "/api/me/verify-email", {});
      return { body: { token: await mailed(await addressOf(who), TOKEN) } };
    },
  },
  "POST /api/me/verify-email": {
    of: "caller",
    async make(_, who) {
      await unproven(who);
      return {};
    },
  },
  "POST /api/auth/reset": {
    of: "public",
    make: async (world) => ({ body: { email: await addressOf(await world.person("client")) } }),
  },
  "POST /api/auth/reset/confirm": {
    of: "public",
    async make(world) {
      const email = await addressOf(await world.person("client"));
      await as({ cookie: "" }, "POST", "/api/auth/reset", { email });
      return {
        body: { token: await eventually(() => mailed(email, TOKEN), 5000, 20), password: PASSWORD },
      };
    },
  },
  "GET /api/invitations": caller(),
  "POST /api/invitations": {
    of: "company",
    outside: { status: 422, error: "validation_failed" },
    make: ({ a }) => ({ body: { email: newAddress(), role: "client", company_ids: [a] } }),
  },
  "DELETE /api/invitations/{id}": ofInvitation,
  "POST /api/invitations/{id}/resend": {
    of: "company",
    async make(world) {
      const { id } = await invite(world);
      // One was sent just now; a minute ago one may be sent again.
      await database(env).update(invitations).set({ sent_at: 0 }).where(eq(invitations.id, id));
      return { params: { id } };
    },
  },
  "POST /api/invitations/look": byInvitation({}),
  "POST /api/invitations/accept": byInvitation({ name: "Grace", password: PASSWORD }),
  "GET /api/people": caller(),
  "PATCH /api/people/{id}": {
    of: "company",
    async make(world) {
      const employee = await world.person("technician");
      await database(env)
        .update(users)
        .set({ employer_company_id: world.a })
        .where(eq(users.id, employee.id));
      return { params: { id: employee.id }, body: { disabled: true } };
    },
  },
  "GET /api/me/profile": caller(),
  "PATCH /api/me/profile": caller({ name: "Another name" }),
  "GET /api/me/contacts": caller(),
  "POST /api/me/contacts": {
    of: "caller",
    make: () => ({ body: { kind: "email", value: newAddress() } }),
  },
  "POST /api/me/contacts/{id}/verify": {
    of: "self",
    async make(_, who) {
      const { id, value } = await newContact(who);
      return { params: { id }, body: { code: await mailed(value, CODE) } };
    },
  },
  "DELETE /api/me/contacts/{id}": {
    of: "self",
    make: async (_, who) => ({ params: { id: (await newContact(who)).id } }),
  },
  "GET /api/msp/settings": caller(),
  "PUT /api/msp/settings": caller({
    name: "Another MSP",
    idle_timeout_minutes: null,
    brand: { color: "#1d4ed8" },
  }),
};
