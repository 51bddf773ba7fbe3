import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { World } from "./world.ts";

/** What moves by itself, or by merely being asked: when somebody was seen, how often somebody failed. */
const COLUMNS = new Set(["last_seen_at", "last_used_at", "next_due_at"]);
const TABLES = /^(sqlite_|_cf_|d1_|incidents_fts|login_failures$|challenges$|known_devices$)/;
const OBJECT_TABLES = /^(sqlite_|_cf_|deadlines$)/;

type Dump = Record<string, unknown[]>;

function without(rows: Record<string, unknown>[]): unknown[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !COLUMNS.has(name)))).sort();
}

/** Every row of the database, by table. */
export async function databaseDump(): Promise<Dump> {
  const { results } = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{
    name: string;
  }>();
  const names = results.map((row) => row.name).filter((name) => !TABLES.test(name));
  const dumps = await env.DB.batch<Record<string, unknown>>(
    names.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  );
  return Object.fromEntries(names.map((name, i) => [name, without(dumps[i]?.results ?? [])]));
}

async function objectDump(stub: DurableObjectStub, prefix: string): Promise<Dump> {
  return runInDurableObject(stub, (_, state) => {
    const { sql } = state.storage;
    const names = sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .toArray()
      .map((row) => row.name)
      .filter((name) => !OBJECT_TABLES.test(name));
    return Object.fromEntries(
      names.map((name) => [`${prefix}.${name}`, without(sql.exec(`SELECT * FROM "${name}"`).toArray())]),
    );
  });
}

/** Everything that is kept of the owner: the whole database and its objects. */
export async function stateOf(world: World): Promise<Dump> {
  const objects = await Promise.all([
    objectDump(env.COMPANY.get(env.COMPANY.idFromName(world.a)), "a"),
    objectDump(env.COMPANY.get(env.COMPANY.idFromName(world.b)), "b"),
    objectDump(env.MSP_HUB.get(env.MSP_HUB.idFromName(world.msp_id)), "hub"),
  ]);
  return Object.assign(await databaseDump(), ...objects);
}

/** Of what is kept, that which somebody is still to be told or which is still worked on. */
function unfinished(dump: Dump): string[] {
  const rows = (name: string) => (dump[name] ?? []) as string[];
  const full = ["a.outbox", "a.audit_outbox", "b.outbox", "b.audit_outbox"].filter(
    (name) => rows(name).length > 0,
  );
  if (rows("audit_entries").some((row) => row.includes('["seq",null]'))) full.push("audit_entries");
  if (rows("jobs").some((row) => /\["status","(queued|running)"\]/.test(row))) full.push("jobs");
  return full;
}

const SETTLED_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 20;

/**
 * Lets everything that is on its way arrive: rows, frames, audit entries, also what a request went on with
 * after its answer. Answers what is kept once nothing waits and two looks at it are the same.
 */
export async function settle(world: World): Promise<Dump> {
  const companies = [world.a, world.b, world.stranger.company.company.id];
  const msps = [world.msp_id, world.stranger.me.msp.id];
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  let before = "";
  for (;;) {
    for (const id of companies) await env.COMPANY.get(env.COMPANY.idFromName(id)).wake();
    for (const id of msps) await env.MSP_HUB.get(env.MSP_HUB.idFromName(id)).chainAudit(id);
    const dump = await stateOf(world);
    const now = JSON.stringify(dump);
    const waiting = unfinished(dump);
    if (waiting.length === 0 && now === before) return dump;
    if (Date.now() > deadline) throw new Error(`it never came to rest: ${waiting.join(", ") || "changes"}`);
    before = now;
    await scheduler.wait(LOOK_AGAIN_MS);
  }
}
