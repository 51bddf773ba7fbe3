import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { inputHash } from "./lib/input-hash.ts";
import { SCRIPT_SOURCES } from "./lib/notification-scripts.ts";
import { CLIENT_DIR, inRoot } from "./lib/paths.ts";
import { run } from "./lib/run.ts";
import { staticBundle, workerBundle } from "./lib/worker-bundle.ts";

const STAMP = inRoot("build", ".pages-hash");
const PAGE_INPUTS = ["app", "core", "public", SCRIPT_SOURCES, "vite.config.ts", "package-lock.json"];

/** Builds the pages with Remix, unless the last build had the very same inputs. @returns whether it built */
export async function buildPages(): Promise<boolean> {
  const wanted = inputHash(PAGE_INPUTS);
  const done = existsSync(inRoot("build", "server", "index.js")) && existsSync(CLIENT_DIR);
  if (done && existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return false;
  rmSync(STAMP, { force: true });
  await run(process.execPath, [inRoot("node_modules/@remix-run/dev/dist/cli.js"), "vite:build"], {
    quiet: true,
    env: { NODE_ENV: "production" },
  });
  mkdirSync(inRoot("build"), { recursive: true });
  writeFileSync(STAMP, wanted);
  return true;
}

/** Bundles the Worker with the built pages in it, and the Worker that serves static files locally. */
export async function buildWorker(): Promise<void> {
  await Promise.all([esbuild.build(workerBundle("production")), esbuild.build(staticBundle())]);
}

export async function buildAll(): Promise<void> {
  const started = Date.now();
  const pages = await buildPages();
  await buildWorker();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(pages ? `Built pages and Worker in ${seconds} s.` : `Built the Worker in ${seconds} s.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await buildAll();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
