import { createExecutionContext, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../worker/app.ts";
import { database } from "../../worker/db/database.ts";
import { loadMsp } from "../../worker/db/msps.ts";
import type { MailRow } from "../../worker/db/schema.ts";
import type { Env } from "../../worker/env.ts";
import { deliverDue } from "../../worker/notify/deliver.ts";
import { mailContent } from "../../worker/notify/message.ts";
import { notify } from "../../worker/notify/notify.ts";
import { renderMail } from "../../worker/notify/render.ts";
import { API } from "../support/addresses.ts";
import { call } from "../support/call.ts";
import { freshTenant } from "../support/fresh-tenant.ts";
import { mailsTo, mailTo, tokenOf } from "../support/mailbox.ts";
import { SES, standInSes } from "../support/ses.ts";
import { moveClock } from "../support/wall-clock.ts";

const MINUTE = 60_000;
const live: Env = { ...env, ENVIRONMENT: "production", ...SES };

const rowOf = (to: string) =>
  env.DB.prepare("SELECT * FROM mails WHERE recipient = ?1").bind(to).first<MailRow>();

/** A code to this address, queued and not sent. */
async function queued(to: string, life = 60 * MINUTE) {
  const { me } = await freshTenant();
  const msp = await loadMsp(env, me.msp.id);
  const now = Date.now();
  const message = { kind: "contact_code", name: "Ada", code: "123456" } as const;
  const mail = await notify(live, { email: to, msp }, message, { now, expires_at: now + life });
  await database(env).batch([mail.insert]);
  return mail;
}

describe("a mail", () => {
  const look = { msp: "Northwind <b>Care</b>", color: "#facc15" };
  const invitation = (inviter: string) =>
    renderMail(
      mailContent(
        {
          kind: "invitation",
          inviter,
          role: "client",
          companies: ["A & Co"],
          url: "https://aw.example/invite#token=t",
        },
        look.msp,
      ),
      look,
    );

  it("has a plain twin, the MSP's colour with ink that reads on it, and fetches nothing", () => {
    const { html, text, links } = invitation("Ada");
    expect(links).toEqual(["https://aw.example/invite#token=t"]);
    for (const part of ["Ada invites you as a client for A & Co.", "https://aw.example/invite#token=t"])
      expect(text).toContain(part);
    expect(html).toContain("A &amp; Co");
    expect(html).toMatch(
      /<a[^>]+href="https:\/\/aw\.example\/invite#token=t"[^>]*background-color:#facc15;color:#000000/,
    );
    expect(html).not.toMatch(/<(img|script|link|iframe)|url\(|@import/i);
    expect(new Blob([html]).size).toBeLessThan(12_000);
  });

  it("takes what people are called as text alone", () => {
    const { html, subject } = invitation("<img src=x>\r\nBcc: all@example.com");
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<b>Care");
    expect(subject).toBe("<img src=x> Bcc: all@example.com invites you to Northwind <b>Care</b>");
  });
});

describe("the mailbox of a local run", () => {
  it("keeps what would have been sent, newest first, and shows it without running it", async () => {
    const tenant = await freshTenant("Mail <script>alert(1)</script> MSP");
    const mail = await mailTo(tenant.email);
    expect(mail).toMatchObject({ kind: "verify_email", subject: "Confirm your e-mail address" });
    expect(mail.links[0]).toMatch(/^http:\/\/127\.0\.0\.1:8787\/verify#token=/);
    const page = await SELF.fetch(`${API}/dev/mailbox`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain(tenant.email);
    expect(text).not.toContain("<script");
    expect(text).toContain('<iframe sandbox=""');
    const json = await SELF.fetch(`${API}/dev/mailbox`, { headers: { accept: "application/json" } });
    const { items } = await json.json<{ items: { created_at: string }[] }>();
    const times = items.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it("opens under this machine's own name and in local runs alone", async () => {
    const app = createApp({ pages: async () => new Response("a page") });
    const ask = (address: string, bindings: Env) =>
      app.fetch(new Request(`${address}/dev/mailbox?format=json`), bindings, createExecutionContext());
    expect((await ask(API, env)).status).toBe(200);
    expect((await ask("http://rebound.example:8787", env)).status).toBe(404);
    expect((await ask(API, live)).status).toBe(404);
  });
});

describe("sending through SES", () => {
  let ses: ReturnType<typeof standInSes>;
  let clock: ReturnType<typeof moveClock>;
  beforeEach(() => {
    ses = standInSes();
    clock = moveClock();
  });
  afterEach(() => {
    ses.restore();
    clock.restore();
  });
  const sweep = (bindings = live) => deliverDue(bindings, Date.now());

  it("signs the request, and empties the row once the mail is out", async () => {
    const mail = await queued("ada@example.com");
    expect((await rowOf("ada@example.com"))?.sealed).toMatch(/^v1\./);
    await mail.send();
    expect(ses.taken).toHaveLength(1);
    expect(ses.taken[0]).toMatchObject({
      FromEmailAddress: SES.MAIL_FROM,
      Destination: { ToAddresses: ["ada@example.com"] },
      Content: { Simple: { Subject: { Data: "Your confirmation code", Charset: "UTF-8" } } },
    });
    expect(ses.taken[0]?.Content.Simple.Body.Text.Data).toContain("123456");
    expect(await rowOf("ada@example.com")).toMatchObject({
      status: "sent",
      provider_id: "ses-1",
      sealed: null,
      attempts: 1,
    });
    await sweep();
    expect(ses.taken).toHaveLength(1);
  });

  it("tries again, later and later, while SES is busy or away", async () => {
    const mail = await queued("busy@example.com");
    ses.failNext(429, "TooManyRequestsException");
    ses.failNext(503, "ServiceUnavailable");
    await mail.send();
    expect(await rowOf("busy@example.com")).toMatchObject({ status: "queued", attempts: 1 });
    await sweep();
    expect(ses.calls()).toBe(1);
    clock.forward(MINUTE);
    await sweep();
    expect(await rowOf("busy@example.com")).toMatchObject({
      attempts: 2,
      last_error: "SES answered 503 ServiceUnavailable",
    });
    clock.forward(MINUTE);
    await sweep();
    expect(ses.calls()).toBe(2);
    clock.forward(MINUTE);
    await sweep();
    expect(ses.taken).toHaveLength(1);
    expect(await rowOf("busy@example.com")).toMatchObject({ status: "sent", attempts: 3, last_error: null });
  });

  it("gives up on what SES refuses for good, and on what has come too late", async () => {
    const refused = await queued("refused@example.com");
    ses.failNext(400, "MessageRejected");
    await refused.send();
    expect(await rowOf("refused@example.com")).toMatchObject({
      status: "failed",
      sealed: null,
      last_error: "SES answered 400 MessageRejected",
    });
    await queued("late@example.com", 5 * MINUTE);
    clock.forward(5 * MINUTE);
    await sweep();
    expect(await rowOf("late@example.com")).toMatchObject({ status: "failed" });
    expect(ses.taken).toHaveLength(0);
  });

  it("sends once when two senders come at once, and again when one has died over it", async () => {
    const mail = await queued("once@example.com");
    await Promise.all([mail.send(), sweep(), mail.send()]);
    expect(ses.taken).toHaveLength(1);
    await queued("dead@example.com");
    // As the row of a sender stands that claimed it and was never heard of again.
    await env.DB.prepare("UPDATE mails SET attempts = 1, next_at = ?1 WHERE recipient = 'dead@example.com'")
      .bind(Date.now() + 2 * MINUTE)
      .run();
    await sweep();
    expect(ses.taken).toHaveLength(1);
    clock.forward(2 * MINUTE);
    await sweep();
    expect(ses.taken).toHaveLength(2);
  });

  it("keeps mails while no transport is configured, and says so", async () => {
    const none: Env = { ...live, MAIL_FROM: undefined };
    await queued("waits@example.com");
    await sweep(none);
    expect(await rowOf("waits@example.com")).toMatchObject({ status: "queued", attempts: 0 });
    const app = createApp({ pages: async () => new Response("a page") });
    const health = async (bindings: Env) =>
      (await app.fetch(new Request(`${API}/healthz`), bindings, createExecutionContext())).json();
    expect(await health(none)).toMatchObject({ ok: true, mail: "not_configured" });
    expect(await health(live)).toMatchObject({ mail: "ses" });
    await sweep();
    expect(ses.taken.at(-1)?.Destination.ToAddresses).toEqual(["waits@example.com"]);
  });

  it("does not send under a wrong key", async () => {
    await queued("key@example.com");
    await sweep({ ...live, AWS_SECRET_ACCESS_KEY: "another" });
    expect(ses.taken).toHaveLength(0);
    expect(await rowOf("key@example.com")).toMatchObject({
      status: "queued",
      last_error: "SES answered 403 InvalidSignatureException",
    });
  });
});

describe("confirming one's address", () => {
  it("works once, for a day, and is then part of the account", async () => {
    const tenant = await freshTenant();
    expect(tenant.me.user).toMatchObject({ email_verified: false });
    const token = tokenOf(await mailTo(tenant.email));
    const confirm = () => call("POST", "/api/auth/verify-email", { token });
    const both = await Promise.all([confirm(), confirm()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const me = await (await tenant.api("/api/me")).json<{ user: unknown }>();
    expect(me.user).toMatchObject({ email_verified: true });
    expect((await tenant.api("/api/me/verify-email", { method: "POST" })).status).toBe(409);
    const old = await freshTenant();
    const stale = tokenOf(await mailTo(old.email));
    await env.DB.prepare("UPDATE email_tokens SET expires_at = ?1 WHERE email = ?2")
      .bind(Date.now() - 1, old.email)
      .run();
    expect((await call("POST", "/api/auth/verify-email", { token: stale })).status).toBe(422);
  });

  it("is mailed again, at most once a minute", async () => {
    const tenant = await freshTenant();
    const again = () => tenant.api("/api/me/verify-email", { method: "POST" });
    const early = await again();
    expect(early.status).toBe(429);
    expect(Number(early.headers.get("retry-after"))).toBeGreaterThan(0);
    await env.DB.prepare("UPDATE email_tokens SET created_at = created_at - 61000 WHERE email = ?1")
      .bind(tenant.email)
      .run();
    expect((await again()).status).toBe(202);
    expect((await again()).status).toBe(429);
    expect(await mailsTo(tenant.email, "verify_email")).toHaveLength(2);
  });
});
