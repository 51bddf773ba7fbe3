import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { type PageRoute, pageRoutes } from "../support/page-addresses.ts";

const PASSWORD = "a-good-one-for-walls";
/** Pages that need no session. */
const PUBLIC = new Set([
  "/",
  "/docs",
  "/login",
  "/signup",
  "/reset",
  "/reset/confirm",
  "/verify",
  "/invite/:token?",
  "/logout",
  "/*",
]);

let instance: TestInstance;
let routes: PageRoute[];
/** What the addresses of the owner's pages are made of. */
let ids: { company: string; incident: string; asset: string };
/** Texts that nobody outside the owner's company may read. */
let marks: string[];
let callers: { name: string; cookie: string; home: "console" | "portal" | null }[];

/** The newest link that was mailed to an address. */
async function mailedToken(email: string): Promise<string> {
  return eventually(async () => {
    const answer = await fetch(`${instance.url}/dev/mailbox?format=json`);
    const { items } = (await answer.json()) as { items: { to: string; text: string }[] };
    const token = /token=([\w-]+)/.exec(items.find((mail) => mail.to === email)?.text ?? "")?.[1];
    if (!token) throw new Error(`no mail to ${email}`);
    return token;
  });
}

async function invite(admin: ApiClient, role: string, company: string): Promise<string> {
  const email = `${crypto.randomUUID()}@example.com`;
  await admin.json("POST", "/api/invitations", { email, role, company_ids: [company] });
  const person = new ApiClient(instance.url);
  const token = await mailedToken(email);
  await person.json("POST", "/api/invitations/accept", { token, name: `A ${role}`, password: PASSWORD });
  return person.cookie;
}

beforeAll(async () => {
  instance = await startInstance();
  routes = await pageRoutes();
  const admin = await instance.signIn();
  await admin.json("POST", "/api/auth/verify-email", { token: await mailedToken(instance.admin.email) });
  const company = instance.company.id;
  const name = `Secret ${crypto.randomUUID()}`;
  await admin.json("PATCH", `/api/companies/${company}`, { name });
  const asset_name = `host-${crypto.randomUUID()}`;
  const alert = {
    asset_name,
    signature: "High CPU",
    severity: "critical",
    message: "busy",
    tool_source: "walls",
  };
  const taken = (await (await instance.post(alert)).json()) as { alert_id: string };
  const { incident_id } = await admin.json<Alert>("GET", `/api/alerts/${taken.alert_id}`);
  const made = { name: `asset-${crypto.randomUUID()}`, type: "server" };
  const { id: asset } = await admin.json<{ id: string }>("POST", `/api/companies/${company}/assets`, made);
  ids = { company, incident: incident_id ?? "", asset };
  marks = [name, asset_name, made.name, instance.company.api_key, instance.company.hmac_secret];
  const other = await admin.createCompany("Another company");
  const stranger = new ApiClient(instance.url);
  await stranger.enter({
    msp_name: "Another MSP",
    name: "Eve",
    email: "eve@example.com",
    password: PASSWORD,
  });
  callers = [
    { name: "nobody", cookie: "", home: null },
    { name: "another MSP's admin", cookie: stranger.cookie, home: "console" },
    {
      name: "another company's technician",
      cookie: await invite(admin, "technician", other.id),
      home: "console",
    },
    {
      name: "another company's admin",
      cookie: await invite(admin, "company_admin", other.id),
      home: "console",
    },
    { name: "another company's client", cookie: await invite(admin, "client", other.id), home: "portal" },
  ];
}, 180_000);

afterAll(() => instance?.stop());

function addressOf({ path }: PageRoute): string {
  const id = path.startsWith("/companies") ? ids.company : ids.incident;
  return path
    .replace(":assetId", ids.asset)
    .replace(":id", id)
    .replace("/:token?", "/none")
    .replace("*", "no/such/page");
}

const get = (path: string, cookie: string) =>
  fetch(`${instance.url}${path}`, { headers: cookie ? { cookie } : {}, redirect: "manual" });

function expectNoMark(text: string, what: string): void {
  for (const mark of marks) expect(text.includes(mark), `${what} shows ${mark}`).toBe(false);
}

/** Every script and style element carries the nonce of the answer's policy, and none stands in an attribute. */
function expectStrictPage(html: string, policy: string | null, what: string): void {
  const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy ?? "")?.[1];
  expect(nonce, `${what} has a policy with a nonce`).toBeDefined();
  expect(policy, what).toContain("frame-ancestors 'none'");
  const elements = [...html.matchAll(/<(?:script|style)\b([^>]*)>/g)].map((found) => found[1] ?? "");
  for (const attributes of elements)
    if (!/type="application\/(ld\+)?json"/.test(attributes))
      expect(attributes, what).toContain(`nonce="${nonce}"`);
  expect(html, what).not.toMatch(/<[a-z][^>]*\son[a-z]+=/i);
  expect(html, what).not.toMatch(/(href|src|action)="javascript:/i);
}

describe("every page of the console and the portal", () => {
  it("leads whoever is not signed in to sign-in, and back afterwards", async () => {
    for (const route of routes.filter(({ path }) => !PUBLIC.has(path))) {
      const path = addressOf(route);
      const answer = await get(path, "");
      const text = await answer.text();
      expectNoMark(text, path);
      if (!route.loads && answer.status === 200) throw new Error(`${path} opens for nobody`);
      expect([path, answer.status]).toEqual([path, 302]);
      // An address that only leads on to another page may do so for everybody.
      const leads = route.shows ? /^\/login(\?next=%2F|$)/ : /^\/(?!\/)/;
      expect(answer.headers.get("location"), path).toMatch(leads);
    }
  });

  it("shows nobody what is not theirs: no page, no data of a page, no single loader, no form", async () => {
    for (const { name, cookie, home } of callers)
      for (const route of routes) {
        const path = addressOf(route);
        if (path === "/logout") continue;
        const what = `${path} for ${name}`;
        const page = await get(path, cookie);
        const html = await page.text();
        expectNoMark(html, what);
        expect(page.status, what).toBeLessThan(500);
        if (route.path.includes(":") && !PUBLIC.has(route.path))
          expect([302, 403, 404], what).toContain(page.status);
        if (
          home === "portal" &&
          path !== "/" &&
          route.shows &&
          route.id.startsWith("routes/_console") &&
          page.status !== 404
        )
          if (!/^\/(profile|help)/.test(path))
            expect([page.status, page.headers.get("location")], what).toEqual([302, "/portal"]);
        if (page.headers.get("content-type")?.includes("html"))
          expectStrictPage(html, page.headers.get("content-security-policy"), what);
        for (const only of ["", `?_routes=${encodeURIComponent(route.id)}`]) {
          const data = await get(`${path === "/" ? "/_root" : path}.data${only}`, cookie);
          expectNoMark(await data.text(), `${what}, its data${only}`);
        }
        if (!route.acts) continue;
        const form = await fetch(`${instance.url}${path}`, {
          method: "POST",
          headers: { ...(cookie && { cookie }), origin: instance.url },
          body: new URLSearchParams({ intent: "resolve", name: "Taken over", notes: "gone" }),
          redirect: "manual",
        });
        expectNoMark(await form.text(), `${what}, its form`);
      }
    const admin = await instance.signIn();
    expect(await admin.json("GET", `/api/companies/${ids.company}`)).toMatchObject({ name: marks[0] });
    expect(await admin.json("GET", `/api/incidents/${ids.incident}`)).toMatchObject({ status: "new" });
  }, 240_000);

  it("takes no form from another site", async () => {
    const { cookie } = await instance.signIn();
    for (const route of routes.filter(({ acts }) => acts)) {
      const path = addressOf(route);
      for (const headers of [
        { origin: "https://evil.example" },
        { origin: "null" },
        {},
        { origin: instance.url, "sec-fetch-site": "cross-site" },
      ]) {
        const answer = await fetch(`${instance.url}${path}`, {
          method: "POST",
          headers: { cookie, ...headers } as Record<string, string>,
          body: new URLSearchParams({ intent: "save" }),
          redirect: "manual",
        });
        await answer.body?.cancel();
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
  });

  it("keeps its policy on error pages too", async () => {
    const { cookie } = await instance.signIn();
    for (const path of ["/no/such/page", "/incidents/none", "/companies/none", "/portal/incidents/none"]) {
      const answer = await get(path, cookie);
      expect([path, answer.status >= 400]).toEqual([path, true]);
      expectStrictPage(await answer.text(), answer.headers.get("content-security-policy"), path);
    }
  });
});
