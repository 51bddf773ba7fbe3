import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { routes } from "../../worker/api/routes.ts";
import { SEALED_COLUMNS } from "../../worker/secrets-rotation.ts";
import { API } from "../support/addresses.ts";
import { eventually } from "../support/eventually.ts";
import { as } from "./as.ts";
import { requestFor, send } from "./call.ts";
import { databaseDump, settle, stateOf } from "./digest.ts";
import { entryOf, nameOf } from "./entries/index.ts";
import { mailed, TOKEN } from "./mailed.ts";
import { newWorld, type World } from "./world.ts";

/** Whatever the service wrote to its log since the file began. */
const logged: string[] = [];
const spies = (["log", "warn", "error", "info", "debug"] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation((...all: unknown[]) => {
    logged.push(all.map(String).join(" "));
  }),
);
afterAll(() => {
  for (const spy of spies) spy.mockRestore();
});

/** Name -> a secret that was shown once, or that only its owner has. */
const planted = new Map<string, string>();
/** Everything that was answered to anybody, apart from the one answer that shows a secret. */
const answered: [string, string][] = [];
let world: World;

async function hear(what: string, answer: Response | Promise<Response>): Promise<string> {
  const response = await answer;
  const text = `${[...response.headers].join("\n")}\n${await response.text()}`;
  answered.push([what, text]);
  return text;
}

async function plantAll(): Promise<void> {
  const { owner, a } = world;
  const owning = { cookie: owner.cookie };
  planted.set("password", owner.password);
  planted.set("API key", owner.company.api_key);
  planted.set("HMAC secret", owner.company.hmac_secret);
  planted.set("session token", owner.cookie.split("=")[1] ?? "");
  const rotated = await as(owning, "POST", `/api/companies/${a}/hmac`, {});
  planted.set("second HMAC secret", (await rotated.json<{ hmac_secret: string }>()).hmac_secret);
  const key = await as(owning, "POST", `/api/companies/${a}/api-keys`, {});
  planted.set("second API key", (await key.json<{ api_key: string }>()).api_key);
  planted.set("access token", await world.token(owner.cookie, ["read"]));

  const person = await world.person("technician");
  const { secret } = await (await as(person, "POST", "/api/me/totp", {})).json<{ secret: string }>();
  planted.set("TOTP secret", secret);
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  const confirmed = await as(person, "POST", "/api/me/totp/confirm", { code });
  const { recovery_codes } = await confirmed.json<{ recovery_codes: string[] }>();
  for (const [i, recovery] of recovery_codes.entries()) planted.set(`recovery code ${i}`, recovery);

  const email = `${crypto.randomUUID()}@example.com`;
  await as(owning, "POST", "/api/invitations", { email, role: "client", company_ids: [a] });
  const token = await mailed(email, TOKEN);
  planted.set("invitation token", token);
  await hear("looking at an invitation", as({ cookie: "" }, "POST", "/api/invitations/look", { token }));
  await as({ cookie: "" }, "POST", "/api/auth/reset", { email: owner.email });
  planted.set("mailed token", await eventually(() => mailed(owner.email, TOKEN), 5000, 20));
  for (const [name, value] of Object.entries({ ...env }))
    if (typeof value === "string" && /SECRET/.test(name)) planted.set(name, value);
}

/** What goes wrong, with secrets in every place where a caller can put one. */
async function misuse(): Promise<void> {
  const { owner, a } = world;
  const secrets = [...planted];
  const key = owner.company.api_key;
  const post = (path: string, init: RequestInit) => SELF.fetch(`${API}${path}`, { method: "POST", ...init });
  const alert = JSON.stringify({
    asset_name: "x",
    signature: "y",
    severity: "low",
    message: "z",
    tool_source: "t",
  });
  await hear("unsigned", post(`/api/webhooks/alerts?api_key=${key}`, { body: alert }));
  await hear(
    "badly signed",
    post(`/api/webhooks/alerts?api_key=${key}`, {
      body: alert,
      headers: { "x-signature": "sha256=00", "x-timestamp": "1" },
    }),
  );
  await hear("no JSON", post(`/api/webhooks/alertmanager?api_key=${key}`, { body: "{" }));
  await hear("a forged key", post(`/api/webhooks/alerts?api_key=${key}0`, { body: alert }));
  for (const [name, secret] of secrets) {
    const text = encodeURIComponent(secret);
    const cookie = `aw_session=${text}`;
    for (const headers of [{ cookie }, { authorization: `Bearer ${text}` }, { "x-api-key": text }])
      await hear(
        `${name} as credentials`,
        SELF.fetch(`${API}/api/incidents?x=1`, { headers: headers as Record<string, string> }),
      );
    await hear(`${name} in the path`, owner.api(`/api/incidents/${text}`));
    await hear(`${name} as cursor`, owner.api(`/api/incidents?cursor=${text}`));
    await hear(`${name} as JSON`, owner.api(`/api/companies/${a}`, { method: "PATCH", body: secret }));
    await hear(
      `${name} as a field`,
      owner.api(`/api/companies/${a}`, { method: "PATCH", json: { time_zone: secret } }),
    );
    await hear(
      `${name} at sign-in`,
      post("/api/auth/login", {
        body: JSON.stringify({ email: owner.email, password: `${secret}x` }),
        headers: { origin: API, "cf-connecting-ip": `10.1.2.${planted.size}` },
      }),
    );
    await hear(
      `${name} as mailed token`,
      post("/api/auth/verify-email", { body: JSON.stringify({ token: secret }), headers: { origin: API } }),
    );
  }
}

/** Every GET of the API as the one who may see most. */
async function readAll(): Promise<void> {
  for (const route of routes) {
    if (route.method !== "GET") continue;
    const admin = {
      ...world.owner.me.user,
      session_id: world.owner.me.session.id,
      cookie: world.owner.cookie,
    };
    const portal = route.path.startsWith("/api/portal");
    const who = portal ? await world.person("client") : admin;
    const made = (await entryOf(route).make?.(world, who)) ?? {};
    await hear(nameOf(route), send(requestFor(route, made, { cookie: who.cookie })));
  }
  await hear("audit as CSV", world.owner.api("/api/audit?format=csv"));
  await hear("audit as JSON", world.owner.api("/api/audit?format=json"));
}

beforeAll(async () => {
  world = await newWorld();
  await plantAll();
  await misuse();
  await readAll();
  await settle(world);
}, 120_000);

function expectNone(where: string, text: string): void {
  for (const [name, secret] of planted)
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
    ])
      expect(text.includes(form), `${name} stands in ${where}`).toBe(false);
}

describe("what only its owner should have", () => {
  it("was planted", () => {
    expect(planted.size).toBeGreaterThan(20);
    for (const [name, secret] of planted) expect(secret.length, name).toBeGreaterThanOrEqual(8);
  });

  it("stands in no line of the log", () => {
    expect(logged.length).toBeGreaterThan(100);
    expectNone("the log", logged.join("\n"));
  });

  it("stands in no answer that is not the one that shows it", () => {
    for (const [what, text] of answered) expectNone(`the answer to "${what}"`, text);
  });

  it("stands nowhere in the database or the objects, sealed or hashed at most", async () => {
    const dump = await stateOf(world);
    for (const [table, rows] of Object.entries(dump)) expectNone(table, rows.join("\n"));
    expect(Object.keys(dump)).toContain("mails");
  });

  it("where it is sealed, the change of keys knows of it", async () => {
    const known = new Set(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));
    for (const [table, rows] of Object.entries(await databaseDump()))
      for (const row of rows)
        for (const [column, value] of JSON.parse(String(row)) as [string, unknown][])
          if (typeof value === "string" && /^v1\.[0-9a-f]{8}\./.test(value))
            expect(known).toContain(`${table}.${column}`);
  });
});
