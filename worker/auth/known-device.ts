import { and, eq, sql } from "drizzle-orm";
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

/** 1 where this person signed in from the browser before: for the select list of a query on users. */
export function isKnownDevice(deviceId: string | null, userId: unknown, now: number) {
  return sql<number>`EXISTS (SELECT 1 FROM ${knownDevices} WHERE ${knownDevices.id} = ${deviceId ?? ""}
    AND ${knownDevices.user_id} = ${userId} AND ${knownDevices.last_used_at} > ${now - KNOWN_MS})`;
}

/** Makes the browser a known one: what to insert, and its cookie. */
export async function knowDevice(env: Env, request: Request, userId: string, now: number) {
  const id = (await deviceOf(env, request)) ?? newId("dv");
  const token = await signToken(env, id, now + KNOWN_MS, "dev");
  const insert = database(env)
    .insert(knownDevices)
    .values({ id, user_id: userId, last_used_at: now })
    .onConflictDoUpdate({
      target: [knownDevices.id, knownDevices.user_id],
      set: { last_used_at: now },
    });
  return { insert, cookie: sessionCookie(request, token, KNOWN_MS / 1000, "dev") };
}

/** Browsers a person signed in from count as strangers again. */
export function forgetDevices(env: Env, userId: string) {
  return database(env)
    .delete(knownDevices)
    .where(and(eq(knownDevices.user_id, userId)));
}
