import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { ensureFirstCompany } from "../../dev/lib/first-run.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import { startRuntime } from "../../dev/lib/runtime.ts";
import { type LocalCompany, loadFirstRun } from "../../dev/lib/secrets-file.ts";
import { workerBundle } from "../../dev/lib/worker-bundle.ts";

export interface System {
  port: number;
  stop(): Promise<void>;
}

export interface Product extends System {
  company: LocalCompany;
  api: ApiClient;
  /** Runs due deadlines, as the cron does. */
  sweep(): Promise<void>;
}

const scratch: string[] = [];

/** A folder that `removeScratch` takes away. */
function folder(name: string): string {
  const made = mkdtempSync(join(tmpdir(), `alert-whisperer-bench-${name}-`));
  scratch.push(made);
  return made;
}

export function removeScratch(): void {
  for (const path of scratch.splice(0)) rmSync(path, { recursive: true, force: true });
}

async function bundle(entry: string, name: string): Promise<string> {
  const outfile = inRoot("build", "bench", `${name}.js`);
  mkdirSync(dirname(outfile), { recursive: true });
  await esbuild.build({ ...workerBundle("production"), entryPoints: [inRoot(entry)], outfile });
  return outfile;
}

/**
 * The product as `npm start` runs it, with a first company on data of its own. `counting` wraps its objects
 * so that /bench/counts tells the rows they wrote.
 */
export async function startProduct(counting: boolean): Promise<Product> {
  const entry = counting ? "test/bench/worker/counting.ts" : "worker/index.ts";
  const built = await bundle(entry, counting ? "counting" : "product");
  const dataDir = folder("product");
  const file = loadFirstRun(dataDir);
  const port = await freeLoopbackPort();
  const runtime = await startRuntime({
    host: "127.0.0.1",
    port,
    dataDir,
    secrets: file.secrets,
    bundle: built,
  });
  const origin = `http://127.0.0.1:${port}`;
  await ensureFirstCompany(origin, dataDir, file);
  if (!file.company) throw new Error("there is no first company");
  const api = new ApiClient(origin);
  await api.json("POST", "/api/auth/login", file.sign_in);
  // A bench is one long storm; what it measures is each alert's own way.
  await api.neverStorm(file.company.id);
  return { port, company: file.company, api, sweep: runtime.sweep, stop: () => runtime.stop() };
}

/** The floors, on the same runtime with the same options as the product. */
export async function startFloors(): Promise<System> {
  const path = await bundle("test/bench/worker/floors.ts", "floors");
  const port = await freeLoopbackPort();
  const mf = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      cf: false,
      log: new Log(LogLevel.ERROR),
      logRequests: false,
      telemetry: { enabled: false },
      resourcePersistencePath: folder("floors"),
      workers: [
        {
          name: "floors",
          compatibilityDate: "2026-10-20",
          compatibilityFlags: ["nodejs_compat"],
          modulesRoot: dirname(path),
          modules: [{ type: "ESModule", path, contents: readFileSync(path, "utf8") }],
          durableObjects: { FLOOR: { className: "Floor", useSQLite: true } },
          unsafeDirectSockets: [{ host: "127.0.0.1", port }],
        },
      ],
    }),
  );
  await mf.ready;
  return { port, stop: () => mf.dispose() };
}
