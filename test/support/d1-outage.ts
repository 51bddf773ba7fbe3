import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

// Asked for at run time: vite does not know node:sqlite as a module of Node's.
const sqlite = createRequire(import.meta.url)("node:sqlite") as { DatabaseSync: typeof DatabaseSync };

/**
 * A real outage of an instance's D1: another process holds the database file, so every statement that the
 * Worker sends fails, as it would with the service away. @returns how to end it
 */
export function beginD1Outage(dataDir: string): { end(): void } {
  const folder = join(dataDir, "state", "d1", "miniflare-D1DatabaseObject");
  const name = readdirSync(folder).find((file) => /^[0-9a-f]{64}\.sqlite$/.test(file));
  if (!name) throw new Error(`no D1 database in ${folder}`);
  const database = new sqlite.DatabaseSync(join(folder, name));
  database.exec("PRAGMA busy_timeout = 5000");
  database.exec("BEGIN EXCLUSIVE");
  return {
    end() {
      database.exec("ROLLBACK");
      database.close();
    },
  };
}
