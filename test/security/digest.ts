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

/** Lets everything that is on its way arrive: rows, frames, audit entries. */
export async function settle(world: World): Promise<void> {
  for (const id of [world.a, world.b]) await env.COMPANY.get(env.COMPANY.idFromName(id)).wake();
  await env.MSP_HUB.get(env.MSP_HUB.idFromName(world.msp_id)).chainAudit(world.msp_id);
}
