import { and, eq, lt } from "drizzle-orm";
import type { Actor, Role } from "../../core/actor.ts";
import type { AuditNote } from "../../core/audit.ts";
import type { auditInsert } from "../audit/record.ts";
import { database } from "../db/database.ts";
import { sessions } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { knowDevice } from "./known-device.ts";
import { newSession, type SecondFactor } from "./session.ts";
import { STEPPED_UP_MS } from "./step-up.ts";
import { SESSION_MS, sessionCookie } from "./token.ts";

/** How long the row of a session stays after its end. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** What of a route's context it takes to sign somebody in. */
interface SignInContext {
  env: Env;
  request: Request;
  now: number;
  audit(note: AuditNote, by?: Actor): ReturnType<typeof auditInsert>;
  setHeader(name: string, value: string): void;
}

/**
 * A session for somebody who has proved who they are: statements for the batch that signs them in, and
 * `grant`, which gives the browser its cookies once that batch is through.
 */
export async function startSession(
  c: SignInContext,
  user: { id: string; msp_id: string; name: string; role: Role },
  second_factor: SecondFactor | null = null,
) {
  const { env, request, now } = c;
  const { row, token } = await newSession(env, user.id, user.msp_id, now, { request, second_factor });
  const device = await knowDevice(env, request, user.id, now);
  const actor: Actor = {
    user_id: user.id,
    name: user.name,
    msp_id: user.msp_id,
    role: user.role,
    companies: [],
    via: { ip: row.ip, session_id: row.id },
  };
  const note: AuditNote = {
    action: "session.created",
    company_id: null,
    target: { type: "session", id: row.id },
    after: { second_factor, user_agent: row.user_agent },
  };
  const db = database(env);
  return {
    row,
    actor,
    statements: [
      db.delete(sessions).where(and(eq(sessions.user_id, user.id), lt(sessions.expires_at, now - KEPT_MS))),
      db
        .insert(sessions)
        .values({ ...row, stepped_up_until: second_factor === null ? null : now + STEPPED_UP_MS }),
      ...device.statements,
      c.audit(note, actor),
    ] as const,
    grant(): void {
      c.setHeader("Set-Cookie", sessionCookie(request, token, SESSION_MS / 1000));
      c.setHeader("Set-Cookie", device.cookie);
    },
  };
}
