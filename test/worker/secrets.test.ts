import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { companyStub } from "../../worker/company-stub.ts";
import type { Env } from "../../worker/env.ts";
import { open, reseal, seal, sealedPrefix } from "../../worker/secrets.ts";
import { rotateSecrets, SEALED_COLUMNS } from "../../worker/secrets-rotation.ts";
import { colleague } from "../support/colleague.ts";
import { freshTenant } from "../support/fresh-tenant.ts";

const newKey = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");

/** Runs the cron's part until it says that it is done. */
async function rotateAll(keys: Env, most = 20): Promise<void> {
  for (let run = 0; run < most; run++) if (await rotateSecrets(keys, Date.now())) return;
  throw new Error("the rotation did not end");
}

describe("sealed secrets", () => {
  it("open for their MSP and with their key alone", async () => {
    const sealed = await seal(env, "msp_a", "a secret");
    expect(await open(env, "msp_a", sealed)).toBe("a secret");
    await expect(open(env, "msp_b", sealed)).rejects.toThrow();
    await expect(open({ SECRETS_KEY: newKey() }, "msp_a", sealed)).rejects.toThrow("not here");
    const [v, id, iv, text = ""] = sealed.split(".");
    const flipped = (text[0] === "A" ? "B" : "A") + text.slice(1);
    await expect(open(env, "msp_a", [v, id, iv, flipped].join("."))).rejects.toThrow();
  });

  it("open by the id of their key among the previous ones, and are sealed anew once", async () => {
    const [first, second, third] = [newKey(), newKey(), newKey()];
    const old = await seal({ SECRETS_KEY: first }, "msp_a", "a secret");
    const keys = { SECRETS_KEY: third, SECRETS_KEY_PREVIOUS: `${second}, ${first}` };
    expect(await open(keys, "msp_a", old)).toBe("a secret");
    const fresh = await reseal(keys, "msp_a", old);
    expect(fresh.startsWith(await sealedPrefix(keys))).toBe(true);
    expect(await open({ SECRETS_KEY: third }, "msp_a", fresh)).toBe("a secret");
    expect(await reseal(keys, "msp_a", fresh)).toBe(fresh);
  });
});

describe("a change of the service's key", () => {
  it("leaves nothing that needs the old one: webhooks, second factors and all other columns", async () => {
    const tenant = await freshTenant();
    const company = companyStub(env, tenant.company.company.id);
    const msp = tenant.me.msp.id;
    const totp = await seal(env, msp, "JBSWY3DPEHPK3PXP");
    const who = await colleague(msp, "technician", [], { totp_secret: totp, totp_pending: totp });
    const keys: Env = { ...env, SECRETS_KEY: newKey(), SECRETS_KEY_PREVIOUS: env.SECRETS_KEY };
    const alone: Env = { ...keys, SECRETS_KEY_PREVIOUS: undefined };
    await rotateAll(keys);

    const policy = await company.policy();
    const secrets = await Promise.all(policy?.sealed_secrets.map((s) => open(alone, msp, s.sealed)) ?? []);
    expect(secrets).toEqual([tenant.company.hmac_secret]);
    const row = await env.DB.prepare("SELECT totp_secret, totp_pending FROM users WHERE id = ?1")
      .bind(who.id)
      .first<{ totp_secret: string; totp_pending: string }>();
    expect(await open(alone, msp, row?.totp_secret ?? "")).toBe("JBSWY3DPEHPK3PXP");
    expect(await open(alone, msp, row?.totp_pending ?? "")).toBe("JBSWY3DPEHPK3PXP");
    for (const { table, column } of SEALED_COLUMNS) {
      const left = await env.DB.prepare(
        `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} IS NOT NULL AND ${column} NOT LIKE ?1`,
      )
        .bind(`${await sealedPrefix(keys)}%`)
        .first<{ n: number }>();
      expect(left?.n, `${table}.${column}`).toBe(0);
    }
    const progress = await env.DB.prepare(
      "SELECT * FROM secret_rotation WHERE finished_at IS NOT NULL",
    ).first();
    expect(progress).toMatchObject({ resealed: 0, failed: 0, total: expect.any(Number) });
    // Back, for the tests that share this storage, and so that a second change is seen to work.
    await rotateAll({ ...env, SECRETS_KEY_PREVIOUS: keys.SECRETS_KEY });
    expect(
      (
        await tenant.company.post({
          asset_name: "a",
          signature: "b",
          severity: "low",
          message: "c",
          tool_source: "d",
        })
      ).status,
    ).toBe(202);
    expect((await SELF.fetch("http://127.0.0.1/healthz")).status).toBe(200);
  });

  it("keeps a secret that was changed while it went on", async () => {
    const tenant = await freshTenant();
    const company = companyStub(env, tenant.company.company.id);
    const before = await company.policy();
    await company.resealed([{ old: "v1.not.this.one", new: "v1.gone" }]);
    expect((await company.policy())?.sealed_secrets).toEqual(before?.sealed_secrets);
  });
});
