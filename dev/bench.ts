import { readdirSync } from "node:fs";
import { buildAll } from "./build.ts";
import { inRoot } from "./lib/paths.ts";
import { exitStatus } from "./lib/run.ts";

/**
 * `npm run bench [-- NAME ...] [--json]`: runs test/bench/*.bench.ts one after the other. They print, and gate
 * nothing. With --json (and `npm run --silent`) the output is one object: each bench's report by its name.
 */
const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith("--"));
const named = args.filter((arg) => !arg.startsWith("--"));
// Parts are those of the way of an alert.
const wanted = named.length === 0 && options.some((arg) => arg.startsWith("--only")) ? ["ingest"] : named;
const json = options.includes("--json");
if (json) console.log = console.error;
const names = readdirSync(inRoot("test", "bench"))
  .filter((name) => name.endsWith(".bench.ts"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (names.length === 0) {
  console.error(`No bench in test/bench matches ${wanted.join(", ") || "*.bench.ts"}.`);
  process.exit(1);
}
await buildAll();
let worst = 0;
const reports: Record<string, unknown> = {};
for (const name of names) {
  console.log(`\n== ${name}`);
  const { code, output } = await exitStatus(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", inRoot("test", "bench", name), ...options],
    { env: { AW_SKIP_BUILD: "1" }, collect: json },
  );
  worst = Math.max(worst, code);
  if (json && code === 0) reports[name.slice(0, -".bench.ts".length)] = JSON.parse(output);
}
if (json) process.stdout.write(`${JSON.stringify(reports)}\n`);
process.exit(worst);
