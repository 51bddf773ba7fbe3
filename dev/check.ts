import { checkMigrations } from "./lib/migrations-guard.ts";
import { inRoot } from "./lib/paths.ts";
import { exitStatus } from "./lib/run.ts";
import { runAllSuites } from "./lib/test-suites.ts";

const module = (...parts: string[]): string => inRoot("node_modules", ...parts);
const tsc = (project: string): string[] => [module("typescript/bin/tsc"), "-p", project];

/** A dry run bundles and validates everything of an environment, and talks to nobody. */
const dryRun = (environment: string): string[] => [
  module("wrangler/bin/wrangler.js"),
  "deploy",
  "--dry-run",
  "--env",
  environment,
];

const STEPS: [name: string, args: string[]][] = [
  ["format and lint, import walls", [module("@biomejs/biome/bin/biome"), "ci", "--colors=off", "."]],
  ["types of core, objects and Worker", tsc("tsconfig.json")],
  ["types of the pages", tsc("app/tsconfig.json")],
  ["types of dev and Node tests", tsc("dev/tsconfig.json")],
  ["types of workerd tests", tsc("test/tsconfig.json")],
  ["deploy, dry run, local", dryRun("")],
  ["deploy, dry run, staging", dryRun("staging")],
  ["deploy, dry run, production", dryRun("production")],
];

/** `npm run check`: everything CI could object to. Goes on after a failure, so that one run tells all. */
async function check(): Promise<number> {
  const quiet = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" };
  let failures = 0;
  const report = (name: string, problem: string | null, started: number): void => {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${problem === null ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
    if (problem === null) return;
    failures += 1;
    console.log(problem);
  };

  const begun = Date.now();
  const migrations = checkMigrations(!process.env.CI);
  report("migrations are append-only", migrations.length > 0 ? migrations.join("\n") : null, begun);
  for (const [name, args] of STEPS) {
    const started = Date.now();
    const { code, output } = await exitStatus(process.execPath, args, { quiet: true, env: quiet });
    report(name, code === 0 ? null : output, started);
  }
  if (process.argv.includes("--no-tests")) return failures === 0 ? 0 : 1;
  const tests = await runAllSuites([]);
  if (failures > 0) console.log(`${failures} checks before the tests failed.`);
  return failures + tests === 0 ? 0 : 1;
}

process.exit(await check());
