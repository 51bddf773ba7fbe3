import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { version } from "../../../package.json";
import type { Env } from "../../env.ts";
import { transportOf } from "../../notify/transport.ts";
import { route as define } from "../route.ts";

const PROBE_MS = 2000;

async function probe(env: Env): Promise<"up" | "down"> {
  const late = new Promise<"down">((resolve) => setTimeout(() => resolve("down"), PROBE_MS));
  const read = env.DB.prepare("SELECT 1")
    .first()
    .then(
      () => "up" as const,
      () => "down" as const,
    );
  return Promise.race([read, late]);
}

/** 200 while the Worker runs: intake does not need the database. */
export const route = define({
  method: "GET",
  path: "/healthz",
  summary: "Whether the service runs, and which dependency is down",
  access: "public",
  success: {
    status: 200,
    description: "running",
    schema: z.object({
      ok: z.literal(true),
      version: z.string(),
      d1: z.enum(["up", "down"]),
      mail: z
        .enum(["ses", "mailbox", "not_configured"])
        .describe("how mails go out; without a way they wait"),
    }),
  },
  async handler({ env }) {
    const mail = transportOf(env)?.name ?? ("not_configured" as const);
    return ok({ ok: true as const, version, d1: await probe(env), mail });
  },
});
