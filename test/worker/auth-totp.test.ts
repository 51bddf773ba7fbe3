import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { codeAt } from "../support/authenticator-app.ts";
import { type Account, newVisitor, notedActions, signUp } from "../support/visitor.ts";
import { moveClock } from "../support/wall-clock.ts";

const REQUIRED = { REQUIRE_ADMIN_TOTP: "true" };
const STEP = 30_000;

let clock: ReturnType<typeof moveClock> | null = null;
afterEach(() => {
  clock?.restore();
  clock = null;
});

/** Stops the clock and sets up an app with it. */
async function enrolled(settings: Partial<Cloudflare.Env> = {}) {
  clock ??= moveClock();
  const account = await signUp(settings);
  const setup = await account.visitor.call("POST", "/api/me/totp", {});
  const { secret } = await setup.json<{ secret: string }>();
  const confirm = await account.visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(secret) });
  const { recovery_codes } = await confirm.json<{ recovery_codes: string[] }>();
  clock.forward(STEP);
  return { ...account, secret, recovery_codes };
}

const login = ({ email, password }: Account, totp?: string, visitor = newVisitor()) =>
  visitor.call("POST", "/api/auth/login", { email, password, ...(totp !== undefined && { totp }) });

describe("an authenticator app", () => {
  it("is in force once a code of it was given, and then asked for at sign-in", async () => {
    clock = moveClock();
    const account = await signUp();
    const { visitor } = account;
    const setup = await visitor.call("POST", "/api/me/totp", {});
    const { secret, otpauth_url, qr_svg } = await setup.json<Record<string, string>>();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(decodeURIComponent(otpauth_url!)).toContain(`Alert Whisperer:${account.email}`);
    expect(otpauth_url).toContain(`secret=${secret}`);
    expect(qr_svg).toMatch(/^<svg/);
    expect((await login(account)).status).toBe(200);

    const wrong = await visitor.call("POST", "/api/me/totp/confirm", { code: "000000" });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ fields: { code: expect.any(String) } });
    const right = await visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(secret!) });
    expect(right.status).toBe(200);
    const { recovery_codes } = await right.json<{ recovery_codes: string[] }>();
    expect(new Set(recovery_codes).size).toBe(10);
    expect(await (await visitor.call("GET", "/api/me")).json()).toMatchObject({ totp_enabled: true });
    const row = await env.DB.prepare("SELECT totp_secret, totp_pending FROM users WHERE email = ?1")
      .bind(account.email)
      .first<Record<string, string | null>>();
    expect(row?.totp_pending).toBeNull();
    expect(row?.totp_secret).toMatch(/^v1\./);
    expect(row?.totp_secret).not.toContain(secret);

    const asked = await login(account);
    expect(asked.status).toBe(401);
    expect(await asked.json()).toMatchObject({
      error: "totp_required",
      fields: { totp: expect.any(String) },
      current: { methods: ["totp", "recovery"] },
    });
    expect(asked.headers.get("set-cookie")).toBeNull();
    const not = await login(account, "123456");
    expect(not.status).toBe(401);
    expect(await not.json()).toMatchObject({
      error: "invalid_credentials",
      fields: { totp: expect.any(String) },
    });
    clock.forward(STEP);
    expect((await login(account, codeAt(secret!))).status).toBe(200);
    expect(await notedActions(account.email)).toContain("user.totp_enabled");
  });

  it("takes each code once, one step late or early, and none beyond", async () => {
    const account = await enrolled();
    const now = Date.now();
    for (const off of [-2, 2]) {
      const answer = await login(account, codeAt(account.secret, now + off * STEP));
      expect(answer.status, `${off} steps`).toBe(401);
    }
    clock!.forward(STEP * 5);
    const late = codeAt(account.secret, Date.now() - STEP);
    expect((await login(account, late)).status).toBe(200);
    expect((await login(account, late)).status).toBe(401);
    const early = codeAt(account.secret, Date.now() + STEP);
    expect((await login(account, early)).status).toBe(200);
    // A newer one was used: those before it are void, too.
    expect((await login(account, codeAt(account.secret))).status).toBe(401);
  });

  it("of two sign-ins at once with one code lets one in", async () => {
    const account = await enrolled();
    const code = codeAt(account.secret);
    const both = await Promise.all([login(account, code), login(account, code)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 401]);
  });

  it("is replaced by recovery codes, each once, however they are typed", async () => {
    const account = await enrolled();
    const [first = "", second = ""] = account.recovery_codes;
    expect((await login(account, first)).status).toBe(200);
    expect((await login(account, first)).status).toBe(401);
    expect((await login(account, second.toUpperCase().replaceAll("-", " "))).status).toBe(200);
    const status = await (await account.visitor.call("GET", "/api/me/totp")).json();
    expect(status).toMatchObject({ enabled: true, recovery_codes_left: 8 });
    const { results } = await env.DB.prepare("SELECT code_hash FROM recovery_codes").all<{
      code_hash: string;
    }>();
    for (const { code_hash } of results) expect(code_hash).toMatch(/^[0-9a-f]{64}$/);

    const anew = await account.visitor.call("POST", "/api/me/totp/recovery-codes", {
      code: codeAt(account.secret),
    });
    const { recovery_codes } = await anew.json<{ recovery_codes: string[] }>();
    expect((await login(account, account.recovery_codes[2])).status).toBe(401);
    expect((await login(account, recovery_codes[0])).status).toBe(200);
  });

  it("goes with the password and a code, and the codes with it", async () => {
    const account = await enrolled();
    const { visitor, password, secret } = account;
    const remove = (json: unknown) => visitor.call("DELETE", "/api/me/totp", json);
    const wrong = await remove({ password: "not mine", code: codeAt(secret) });
    expect(await wrong.json()).toMatchObject({ fields: { password: expect.any(String) } });
    expect((await remove({ password, code: "000000" })).status).toBe(422);
    expect((await remove({ password, code: codeAt(secret) })).status).toBe(204);
    expect(await (await visitor.call("GET", "/api/me/totp")).json()).toEqual({
      enabled: false,
      enabled_at: null,
      recovery_codes_left: 0,
    });
    expect((await login(account)).status).toBe(200);
    expect((await remove({ password, code: codeAt(secret) })).status).toBe(409);
  });

  it("is replaced only by somebody who has it at hand", async () => {
    const account = await enrolled();
    const { visitor, secret } = account;
    clock!.forward(11 * 60_000);
    const refused = await visitor.call("POST", "/api/me/totp", {});
    expect(await refused.json()).toMatchObject({ error: "step_up_required" });
    const byPassword = await visitor.call("POST", "/api/me/step-up", { password: account.password });
    expect(byPassword.status).toBe(422);
    expect((await visitor.call("POST", "/api/me/step-up", { code: codeAt(secret) })).status).toBe(200);
    const next = await (await visitor.call("POST", "/api/me/totp", {})).json<{ secret: string }>();
    clock!.forward(STEP);
    // The old one holds until the new one is confirmed.
    expect((await login(account, codeAt(secret))).status).toBe(200);
    clock!.forward(STEP);
    const confirmed = await visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(next.secret) });
    expect(confirmed.status).toBe(200);
    clock!.forward(STEP);
    expect((await login(account, codeAt(secret))).status).toBe(401);
    expect((await login(account, codeAt(next.secret))).status).toBe(200);
  });

  it("ends the sessions that were opened by the password alone", async () => {
    clock = moveClock();
    const account = await signUp();
    const other = newVisitor();
    await login(account, undefined, other);
    expect((await other.call("GET", "/api/me")).status).toBe(200);
    const { secret } = await (await account.visitor.call("POST", "/api/me/totp", {})).json<{
      secret: string;
    }>();
    await account.visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(secret) });
    expect((await other.call("GET", "/api/me")).status).toBe(401);
    expect((await account.visitor.call("GET", "/api/me")).status).toBe(200);
  });
});

describe("where a second factor is required", () => {
  it("an admin can do nothing but set one up", async () => {
    clock = moveClock();
    const account = await signUp(REQUIRED);
    const { visitor } = account;
    const me = await (await visitor.call("GET", "/api/me")).json();
    expect(me).toMatchObject({ must_enrol: true, totp_enabled: false });
    for (const [method, path] of [
      ["GET", "/api/companies"],
      ["POST", "/api/companies"],
      ["GET", "/api/me/tokens"],
    ] as const) {
      const answer = await visitor.call(method, path, method === "POST" ? { name: "Fabrikam" } : undefined);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await answer.json()).toMatchObject({ error: "totp_enrolment_required" });
    }
    const socket = await visitor.call("GET", "/api/live", undefined, { upgrade: "websocket" });
    expect(socket.status).toBe(403);

    const { secret } = await (await visitor.call("POST", "/api/me/totp", {})).json<{ secret: string }>();
    await visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(secret) });
    expect(await (await visitor.call("GET", "/api/me")).json()).toMatchObject({ must_enrol: false });
    expect((await visitor.call("POST", "/api/companies", { name: "Fabrikam" })).status).toBe(201);
    clock.forward(STEP);
    const remove = await visitor.call("DELETE", "/api/me/totp", {
      password: account.password,
      code: codeAt(secret),
    });
    expect(remove.status).toBe(409);
    expect(await remove.json()).toMatchObject({ detail: expect.stringContaining("requires") });
  });

  it("others need none", async () => {
    const account = await signUp();
    await env.DB.prepare("UPDATE users SET role = 'technician' WHERE email = ?1").bind(account.email).run();
    const visitor = newVisitor(REQUIRED);
    expect(await (await login(account, undefined, visitor)).json()).toMatchObject({ must_enrol: false });
    expect((await visitor.call("GET", "/api/companies")).status).toBe(200);
  });
});
