import { drizzle } from "drizzle-orm/d1";
import type { Env } from "../env.ts";
import * as schema from "./schema.ts";

/** Typed queries over the one database; shards by MSP would be chosen here. */
export function database(env: Env) {
  return drizzle(env.DB, { schema });
}

function messages(error: unknown): string[] {
  const texts: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    texts.push(at.message);
  return texts;
}

/** True for any failure that D1 reported, through drizzle or not. */
export function isDatabaseError(error: unknown): boolean {
  return messages(error).some((text) => /\bD1_|D1 DB|Failed query|Network connection lost/.test(text));
}

export function isUniqueViolation(error: unknown): boolean {
  return messages(error).some((text) => text.includes("UNIQUE constraint failed"));
}
