import { afterEach, describe, expect, it } from "vitest";
import { codeAt } from "../support/authenticator-app.ts";
import { type Authenticator, newAuthenticator } from "../support/software-authenticator.ts";
import { type Account, newVisitor, notedActions, signUp, type Visitor } from "../support/visitor.ts";
import { moveClock } from "../support/wall-clock.ts";

const ORIGIN = "https://alerts.example.com";
const REQUIRED = { REQUIRE_ADMIN_TOTP: "true" };
const MINUTE = 60_000;

interface Asked {
  challenge_id: string;
  options: { challenge: string; rpId?: string; rp?: { id: string }; allowCredentials?: unknown[] };
}

let clock: ReturnType<typeof moveClock> | null = null;
afterEach(() => {
  clock?.restore();
  clock = null;
});

const browser = (settings: Partial<Cloudflare.Env> = {}) => newVisitor(settings, ORIGIN);

async function add(visitor: Visitor, key: Authenticator, name = "Laptop"): Promise<Response> {
  const asked = await visitor.call("POST", "/api/me/passkeys/options", {});
  if (asked.status !== 200) return asked;
  const { challenge_id, options } = await asked.json<Asked>();
  const response = await key.register(options, ORIGIN);
  return visitor.call("POST", "/api/me/passkeys", { challenge_id, name, response });
}

/** An account whose only second factor is a passkey. */
async function withPasskey(settings: Partial<Cloudflare.Env> = {}) {
  const account = await signUp(settings, ORIGIN);
  const key = await newAuthenticator();
  const added = await add(account.visitor, key);
  const passkey = await added.json<{ id: string; recovery_codes: string[] }>();
  return { ...account, key, added, passkey };
}

async function signInBy(key: Authenticator, visitor = browser(), origin = ORIGIN): Promise<Response> {
  const asked = await visitor.call("POST", "/api/auth/passkey/options", {});
  const { challenge_id, options } = await asked.json<Asked>();
  const response = await key.sign(options, origin);
  return visitor.call("POST", "/api/auth/passkey/verify", { challenge_id, response });
}

const login = ({ email, password }: Account, more: object = {}, visitor = browser()) =>
  visitor.call("POST", "/api/auth/login", { email, password, ...more });

describe("a passkey", () => {
  it("is added, listed and signs in without a password", async () => {
    const { email, visitor, key, added, passkey } = await withPasskey();
    expect(added.status).toBe(201);
    expect(passkey).toMatchObject({ name: "Laptop", last_used_at: null });
    // The first second factor comes with a way back for whoever loses it.
    expect(passkey.recovery_codes).toHaveLength(10);

    const other = browser();
    key.counter = 1;
    const me = await signInBy(key, other);
    expect(me.status).toBe(200);
    expect(await me.json()).toMatchObject({ user: { email }, must_enrol: false });
    expect((await other.call("GET", "/api/companies")).status).toBe(200);
    const list = await (await visitor.call("GET", "/api/me/passkeys")).json<{ items: object[] }>();
    expect(list.items).toMatchObject([{ id: passkey.id, last_used_at: expect.any(String) }]);
    expect(JSON.stringify(list)).not.toContain("public_key");
    expect(await notedActions(email)).toEqual(
      expect.arrayContaining(["user.passkey_added", "session.created"]),
    );
  });

  it("signs only what was asked, once, soon, here, and by somebody it checked", async () => {
    clock = moveClock();
    const { key } = await withPasskey();
    const visitor = browser();
    const ask = async () => (await visitor.call("POST", "/api/auth/passkey/options", {})).json<Asked>();
    const verify = async (challenge_id: string, response: object) =>
      (await visitor.call("POST", "/api/auth/passkey/verify", { challenge_id, response })).status;

    const asked = await ask();
    const good = await key.sign(asked.options, ORIGIN);
    expect(await verify(asked.challenge_id, good)).toBe(200);
    expect(await verify(asked.challenge_id, good), "the same again").toBe(401);

    const one = await ask();
    const two = await ask();
    expect(await verify(one.challenge_id, await key.sign(two.options, ORIGIN)), "another challenge").toBe(
      401,
    );

    const late = await ask();
    clock.forward(5 * MINUTE + 1);
    expect(await verify(late.challenge_id, await key.sign(late.options, ORIGIN)), "late").toBe(401);

    const elsewhere = await ask();
    const phished = await key.sign(elsewhere.options, "https://alerts.example.org");
    expect(await verify(elsewhere.challenge_id, phished), "another site").toBe(401);

    const host = await ask();
    const wrongHost = await key.sign({ ...host.options, rpId: "example.org" }, ORIGIN);
    expect(await verify(host.challenge_id, wrongHost), "another host").toBe(401);

    key.verifiesUser = false;
    expect((await signInBy(key, visitor)).status, "nobody checked").toBe(401);
    key.verifiesUser = true;

    const stranger = await newAuthenticator();
    expect((await signInBy(stranger, visitor)).status, "unknown").toBe(401);
    const forged = await ask();
    const foreign = await stranger.sign(forged.options, ORIGIN);
    const named = { ...foreign, id: good.id, rawId: good.rawId };
    expect(await verify(forged.challenge_id, named), "another key's signature").toBe(401);
    expect((await signInBy(key, visitor)).status, "as it should be").toBe(200);
  });

  it("is refused where its counter shows a copy", async () => {
    const { key } = await withPasskey();
    key.counter = 7;
    expect((await signInBy(key)).status).toBe(200);
    expect((await signInBy(key)).status).toBe(401);
    key.counter = 6;
    expect((await signInBy(key)).status).toBe(401);
    key.counter = 8;
    expect((await signInBy(key)).status).toBe(200);
  });

  it("is asked for after the password; a key that checks nobody is enough then", async () => {
    const account = await withPasskey();
    const asked = await login(account);
    expect(asked.status).toBe(401);
    const { error, current } = await asked.json<{
      error: string;
      current: { methods: string[]; passkey: Asked };
    }>();
    expect(error).toBe("totp_required");
    expect(current.methods).toEqual(["passkey", "recovery"]);
    expect(current.passkey.options.allowCredentials).toHaveLength(1);
    account.key.verifiesUser = false;
    const response = await account.key.sign(current.passkey.options, ORIGIN);
    const passkey = { challenge_id: current.passkey.challenge_id, response };
    const visitor = browser();
    expect((await login(account, { passkey }, visitor)).status).toBe(200);
    expect((await login(account, { passkey })).status, "the same again").toBe(401);
    expect((await visitor.call("GET", "/api/me")).status).toBe(200);
    // What was asked after a password is no answer to a sign-in without one.
    const again = await (await login(account)).json<{ current: { passkey: Asked } }>();
    const signed = await account.key.sign(again.current.passkey.options, ORIGIN);
    const instead = { challenge_id: again.current.passkey.challenge_id, response: signed };
    expect((await browser().call("POST", "/api/auth/passkey/verify", instead)).status).toBe(401);
    expect((await login(account, { totp: account.passkey.recovery_codes[0] })).status).toBe(200);
  });

  it("of one person is nothing of another", async () => {
    const account = await withPasskey();
    const stranger = await withPasskey();
    const asked = await (await login(account)).json<{ current: { passkey: Asked } }>();
    const { challenge_id, options } = asked.current.passkey;
    const passkey = { challenge_id, response: await stranger.key.sign(options, ORIGIN) };
    expect((await login(account, { passkey })).status).toBe(401);
    const path = `/api/me/passkeys/${account.passkey.id}`;
    expect((await stranger.visitor.call("DELETE", path)).status).toBe(404);
    const theirs = await account.visitor.call("POST", "/api/me/passkeys/options", {});
    const taken = await theirs.json<Asked>();
    const response = await stranger.key.register(taken.options, ORIGIN);
    const name = "Mine";
    const body = { challenge_id: taken.challenge_id, name, response };
    expect((await stranger.visitor.call("POST", "/api/me/passkeys", body)).status).toBe(422);
    const second = await add(stranger.visitor, account.key);
    expect(second.status, "in use by somebody else").toBe(409);
  });
});

describe("passkeys where a second factor is required", () => {
  it("count as one, and the last one stays", async () => {
    const account = await signUp(REQUIRED, ORIGIN);
    const { visitor } = account;
    expect((await visitor.call("GET", "/api/companies")).status).toBe(403);
    const key = await newAuthenticator();
    const { id } = await (await add(visitor, key)).json<{ id: string }>();
    expect(await (await visitor.call("GET", "/api/me")).json()).toMatchObject({
      must_enrol: false,
      totp_enabled: false,
    });
    expect((await visitor.call("GET", "/api/companies")).status).toBe(200);
    expect((await visitor.call("DELETE", `/api/me/passkeys/${id}`)).status).toBe(409);
    const other = await (await add(visitor, await newAuthenticator(), "Key")).json<{ id: string }>();
    expect((await visitor.call("DELETE", `/api/me/passkeys/${id}`)).status).toBe(204);
    expect((await visitor.call("DELETE", `/api/me/passkeys/${other.id}`)).status).toBe(409);
    expect((await signInBy(key)).status).toBe(401);
  });

  it("let the app go while one remains", async () => {
    clock = moveClock();
    const { visitor, password } = await withPasskey(REQUIRED);
    const { secret } = await (await visitor.call("POST", "/api/me/totp", {})).json<{ secret: string }>();
    await visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(secret) });
    clock.forward(MINUTE);
    const removed = await visitor.call("DELETE", "/api/me/totp", { password, code: codeAt(secret) });
    expect(removed.status).toBe(204);
    expect(await (await visitor.call("GET", "/api/me/totp")).json()).toMatchObject({
      enabled: false,
      recovery_codes_left: 10,
    });
  });

  it("beside another second factor take a step-up, and so does the last to go", async () => {
    clock = moveClock();
    const { visitor, passkey, password } = await withPasskey();
    clock.forward(11 * MINUTE);
    const refused = await add(visitor, await newAuthenticator());
    expect(await refused.json()).toMatchObject({ error: "step_up_required" });
    const path = `/api/me/passkeys/${passkey.id}`;
    expect(await (await visitor.call("DELETE", path)).json()).toMatchObject({ error: "step_up_required" });
    const wrong = await visitor.call("POST", "/api/me/step-up", { password: "not mine" });
    expect(wrong.status).toBe(422);
    expect((await visitor.call("POST", "/api/me/step-up", { password })).status).toBe(200);
    expect((await visitor.call("DELETE", path)).status).toBe(204);
    expect(await (await visitor.call("GET", "/api/me/totp")).json()).toMatchObject({
      recovery_codes_left: 0,
    });
  });
});
