import { desc } from "drizzle-orm";
import type { Hono } from "hono";
import { html } from "hono/html";
import { failureResponse } from "../api/errors.ts";
import type { AppEnv } from "../api/route.ts";
import { database } from "../db/database.ts";
import { mails } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { open } from "../secrets.ts";
import type { RenderedMail } from "./render.ts";

const SHOWN = 200;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Mails may style themselves inside their frame; nothing runs and nothing is fetched. */
const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface KeptMail extends RenderedMail {
  id: string;
  to: string;
  kind: string;
  created_at: string;
}

async function keptMails(env: Env): Promise<KeptMail[]> {
  const rows = await database(env).select().from(mails).orderBy(desc(mails.created_at)).limit(SHOWN);
  const opened = rows.map(async ({ id, msp_id, recipient, kind, created_at, sealed }) => {
    if (!sealed) return [];
    const mail = JSON.parse(await open(env, msp_id, sealed)) as RenderedMail;
    return [{ id, to: recipient, kind, created_at: new Date(created_at).toISOString(), ...mail }];
  });
  return (await Promise.all(opened)).flat();
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;
color:#1f2430;background:#fff}article{border-top:1px solid #d5d8de;padding:1rem 0}h2{font-size:1rem;margin:0}
iframe{width:100%;height:26rem;border:1px solid #d5d8de}pre{white-space:pre-wrap}p{margin:.25rem 0}`;

function page(items: KeptMail[]) {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mailbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><main><h1>Mailbox</h1>
<p>What this local run would have sent, newest first. <a href="/dev/mailbox?format=json">As JSON</a></p>
${items.length === 0 ? html`<p>Nothing yet: sign up, invite somebody, or ask for a new password.</p>` : ""}
${items.map(
  (mail) => html`<article><h2>${mail.subject}</h2>
<p>to ${mail.to}, ${mail.kind}, ${mail.created_at}</p>
${mail.links.map((link) => html`<p><a href="${link}">${link}</a></p>`)}
<details><summary>Text</summary><pre>${mail.text}</pre></details>
<details><summary>HTML</summary><iframe sandbox="" title="${mail.subject}" srcdoc="${mail.html}"></iframe></details>
</article>`,
)}</main></body></html>`;
}

/** What a local run would have sent, on this machine alone. */
export function mountMailbox(app: Hono<AppEnv>): void {
  app.get("/dev/mailbox", async (c) => {
    const { hostname, searchParams } = new URL(c.req.url);
    // By its loopback name only: another site's name that leads to this machine opens nothing.
    if (c.env.ENVIRONMENT !== "local" || !LOOPBACK.has(hostname))
      return failureResponse({ code: "not_found", detail: "There is nothing at this address." });
    c.set("pattern", "/dev/mailbox");
    const items = await keptMails(c.env);
    const json =
      searchParams.get("format") === "json" || c.req.header("Accept")?.includes("application/json");
    c.header("Cache-Control", "no-store");
    if (json) return c.json({ items });
    c.header("Content-Security-Policy", CSP);
    return c.html(await page(items));
  });
}
