import { eq } from "drizzle-orm";
import type { Env } from "../env.ts";
import { database } from "./database.ts";
import { msps } from "./schema.ts";

/** The MSP of a session or a row that was just read, so it is there. */
export async function loadMsp(env: Env, id: string) {
  const msp = await database(env).select().from(msps).where(eq(msps.id, id)).get();
  if (!msp) throw new Error("a person without their MSP");
  return msp;
}
