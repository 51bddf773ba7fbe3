import { and, eq, lte, sql } from "drizzle-orm";
import { database } from "../db/database.ts";
import { knownDevices } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { cookieToken, readToken, sessionCookie, signToken } from "./token.ts";

/** How long a browser is known after the last sign-in. */
const KNOWN_MS = 180 * 24 * 3_600_000;

/** The id that this browser carries, whoever signed in from it; null for a browser never seen. */
export async function deviceOf(env: Env, request: Request): Promise<string | null> {
  const token = cookieToken(request, "dev");
  return token === null ? null : await readToken(env, token, "dev");
}

/** 1 where the person of a row of `users` signed in from the browser before; for that query's select list. */
export function isKnownDevice(deviceId: string | null, now: number) {
  // Written out: in a query on one table drizzle drops the tables' names.
  return sql<number>`EXISTS (SELECT 1 FROM known_devices d WHERE d.id = ${deviceId ?? ""}
    AND d.user_id = users.id AND d.last_used_at > ${now - KNOWN_MS})`;
}

/** Makes the browser a known one of this person and forgets those of long ago: statements, and its cookie. */
export async function knowDevice(env: Env, request: Request, userId: string, now: number) {
  const id = (await deviceOf(env, request)) ?? newId("dv");
  const token = await signToken(env, id, now + KNOWN_MS, "dev");
  const db = database(env);
  const statements = [
    db
      .delete(knownDevices)
      .where(and(eq(knownDevices.user_id, userId), lte(knownDevices.last_used_at, now - KNOWN_MS))),
    db
      .insert(knownDevices)
      .values({ id, user_id: userId, last_used_at: now })
      .onConflictDoUpdate({
        target: [knownDevices.id, knownDevices.user_id],
        set: { last_used_at: now },
      }),
  ] as const;
  return { statements, cookie: sessionCookie(request, token, KNOWN_MS / 1000, "dev") };
}
