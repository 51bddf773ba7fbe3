import { chownSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Daemon, runProgram, startDaemon } from "./daemon.ts";

export interface TestPostgres extends Daemon {
  /** Folder of its socket; it listens nowhere else. */
  sockets: string;
  /** Runs statements as the superuser. @throws when one fails */
  sql(database: string, statements: string): string;
}

/** PostgreSQL refuses to run as root: then it is the package's own user who does. */
function asUser(program: string, args: string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [program, args];
  return ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, ...args]];
}

const idOf = (flag: string): number => Number(runProgram("id", [flag, "postgres"]).trim());

/** A database server of one's own with the data under `folder`, without care for a power cut. */
export async function startPostgres(folder: string): Promise<TestPostgres> {
  const home = "/usr/lib/postgresql";
  const newest = readdirSync(home).sort((a, b) => Number(b) - Number(a))[0] ?? "";
  const bin = (name: string) => join(home, newest, "bin", name);
  const data = join(folder, "postgres");
  const sockets = join(folder, "sockets");
  for (const path of [data, sockets]) {
    mkdirSync(path);
    if (process.getuid?.() === 0) chownSync(path, idOf("-u"), idOf("-g"));
  }
  runProgram("chmod", ["755", folder]);
  runProgram(
    ...asUser(bin("initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]),
  );
  const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="];
  const [program, args] = asUser(bin("postgres"), [
    "-D",
    data,
    "-k",
    sockets,
    ...quick.flatMap((one) => ["-c", one]),
  ]);
  const daemon = await startDaemon(program, args, (output) => output.includes("ready to accept connections"));
  return {
    ...daemon,
    sockets,
    sql: (database, statements) =>
      runProgram(
        "psql",
        ["-q", "-v", "ON_ERROR_STOP=1", "-h", sockets, "-U", "postgres", database],
        statements,
      ),
  };
}
