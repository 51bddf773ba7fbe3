import { and, eq, lt, lte, sql } from "drizzle-orm";
import { database } from "../db/database.ts";
import { emailTokens, type MailRow, mails } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { open } from "../secrets.ts";
import type { RenderedMail } from "./render.ts";
import { type Transport, transportOf } from "./transport.ts";

const MINUTE_MS = 60_000;
/** While one sender holds a mail nobody else takes it; one that died gives it up after that. */
const LEASE_MS = 2 * MINUTE_MS;
const MAX_ATTEMPTS = 10;
const MAX_WAIT_MS = 60 * MINUTE_MS;
const PER_SWEEP = 50;
const KEPT_MS = 30 * 24 * 60 * MINUTE_MS;

/** 1, 2, 4 ... minutes, at most an hour. */
const backOff = (attempts: number) => Math.min(MINUTE_MS * 2 ** (attempts - 1), MAX_WAIT_MS);

/** Takes the mail for this sender alone; null where somebody else has it, or it is out. */
async function claim(env: Env, id: string, now: number): Promise<MailRow | null> {
  const [row] = await database(env)
    .update(mails)
    .set({ next_at: now + LEASE_MS, attempts: sql`${mails.attempts} + 1` })
    .where(and(eq(mails.id, id), eq(mails.status, "queued"), lte(mails.next_at, now)))
    .returning();
  return row ?? null;
}

function outcome(row: MailRow, sent: Awaited<ReturnType<Transport["send"]>>, keep: boolean, now: number) {
  const sealed = keep ? row.sealed : null;
  if (sent.ok)
    return { status: "sent" as const, sent_at: now, provider_id: sent.provider_id, last_error: null, sealed };
  if (!sent.again || row.attempts >= MAX_ATTEMPTS)
    return { status: "failed" as const, last_error: sent.error, sealed };
  return { last_error: sent.error, next_at: now + backOff(row.attempts) };
}

async function attempt(env: Env, transport: Transport, id: string): Promise<void> {
  const now = Date.now();
  const row = await claim(env, id, now);
  if (!row?.sealed) return;
  const sent =
    row.expires_at <= now
      ? { ok: false as const, again: false, error: "It would have come too late." }
      : await transport.send(
          row.recipient,
          JSON.parse(await open(env, row.msp_id, row.sealed)) as RenderedMail,
        );
  await database(env)
    .update(mails)
    .set(outcome(row, sent, transport.name === "mailbox", Date.now()))
    .where(eq(mails.id, id));
  if (!sent.ok) log("mail_not_sent", { mail: id, kind: row.kind, attempt: row.attempts, error: sent.error });
}

/** Right after the change; never throws: the mail lies in the database and the sweep tries again. */
export async function deliverNow(env: Env, id: string): Promise<void> {
  try {
    const transport = transportOf(env);
    if (transport) await attempt(env, transport, id);
    else log("mail_not_sent", { mail: id, error: "not sent: no mail transport configured" });
  } catch (error) {
    log("mail_not_sent", { mail: id, error: describeError(error) });
  }
}

/** The cron's part: what is due is sent, what is old forgotten. @returns how many were tried */
export async function deliverDue(env: Env, now: number): Promise<number> {
  const db = database(env);
  await db.batch([
    db.delete(mails).where(lt(mails.created_at, now - KEPT_MS)),
    db.delete(emailTokens).where(lt(emailTokens.expires_at, now - KEPT_MS)),
  ]);
  const due = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.status, "queued"), lte(mails.next_at, now)))
    .orderBy(mails.next_at)
    .limit(PER_SWEEP);
  if (due.length === 0) return 0;
  const transport = transportOf(env);
  if (!transport) {
    log("mails_waiting", { waiting: due.length, error: "not sent: no mail transport configured" });
    return 0;
  }
  for (const { id } of due)
    await attempt(env, transport, id).catch((error: unknown) =>
      log("mail_not_sent", { mail: id, error: describeError(error) }),
    );
  return due.length;
}
