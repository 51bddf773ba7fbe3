import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import type { Role } from "../../core/actor.ts";
import type { Alert } from "../../core/alert.ts";
import type { TokenScope } from "../../core/permissions.ts";
import { database } from "../../worker/db/database.ts";
import { sessions, users } from "../../worker/db/schema.ts";
import { API } from "../support/addresses.ts";
import { type Colleague, colleague } from "../support/colleague.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

/**
 * Two MSPs. The owner's has two companies, `a` and `b`; what is walked belongs to `a`, unless an entry says
 * otherwise. Everybody else is somewhere they have no business.
 */
export interface World {
  owner: TestTenant;
  stranger: TestTenant;
  msp_id: string;
  a: string;
  b: string;
  alert_id: string;
  incident_id: string;
  /** Somebody of the owner's MSP: `companies` default to `a` alone. */
  person(role: Role, companies?: string[]): Promise<Colleague>;
  /** Another open incident of `a`, for a caller who will use it up. */
  newIncident(): Promise<string>;
  /** Removed from the MSP, the session's row left as it was. */
  disable(who: Colleague): Promise<void>;
  /** A personal access token of whoever is signed in by the cookie. */
  token(cookie: string, scopes: readonly TokenScope[]): Promise<string>;
  /** Texts that nobody outside `a` may ever read. */
  marks: string[];
}

export async function newWorld(): Promise<World> {
  const owner = await freshTenant(`Owner ${crypto.randomUUID()}`);
  const stranger = await freshTenant("Stranger");
  const msp_id = owner.me.msp.id;
  await env.DB.prepare("UPDATE users SET email_verified_at = 1 WHERE email_verified_at IS NULL").run();
  const a = owner.company.company.id;
  const b = (await owner.createCompany("Company B")).company.id;
  await owner.api(`/api/companies/${a}`, {
    method: "PATCH",
    json: { name: `Secret ${crypto.randomUUID()}` },
  });
  const { name } = await (await owner.api(`/api/companies/${a}`)).json<{ name: string }>();
  const newAlert = async (): Promise<Alert> => {
    const asset_name = `host-${crypto.randomUUID()}`;
    // Unsigned, as Alertmanager is: right callers change the signing secret meanwhile.
    const taken = await SELF.fetch(`${API}/api/webhooks/alertmanager?api_key=${owner.company.api_key}`, {
      method: "POST",
      body: JSON.stringify({
        version: "4",
        status: "firing",
        receiver: "walls",
        groupLabels: {},
        commonLabels: {},
        commonAnnotations: {},
        alerts: [
          {
            status: "firing",
            labels: { alertname: "HighCPU", instance: asset_name, severity: "critical" },
            annotations: { summary: "busy" },
            startsAt: new Date().toISOString(),
            endsAt: "0001-01-01T00:00:00Z",
            generatorURL: "",
            fingerprint: crypto.randomUUID().slice(0, 16),
          },
        ],
      }),
    });
    const [alert_id] = (await taken.json<{ alert_ids: string[] }>()).alert_ids;
    return (await owner.api(`/api/alerts/${alert_id}`)).json<Alert>();
  };
  const alert = await newAlert();
  const incident_id = alert.incident_id ?? "";
  return {
    owner,
    stranger,
    msp_id,
    a,
    b,
    alert_id: alert.id,
    incident_id,
    person: (role, companies = [a]) => colleague(msp_id, role, role === "msp_admin" ? [] : companies),
    newIncident: async () => (await newAlert()).incident_id ?? "",
    async disable(who) {
      await database(env).update(users).set({ disabled_at: 1 }).where(eq(users.id, who.id));
    },
    async token(cookie, scopes) {
      const made = await SELF.fetch(`${API}/api/me/tokens`, {
        method: "POST",
        headers: { cookie, origin: API },
        body: JSON.stringify({ name: "walls", scopes }),
      });
      return (await made.json<{ token: string }>()).token;
    },
    marks: [a, name, incident_id, alert.id, alert.asset_name],
  };
}

/** As their session is: past its end by its row, or revoked. */
export async function endSession(who: Colleague, how: "expired" | "revoked"): Promise<void> {
  const past = Date.now() - 1000;
  await database(env)
    .update(sessions)
    .set(how === "expired" ? { expires_at: past } : { revoked_at: past })
    .where(eq(sessions.id, who.session_id));
}
