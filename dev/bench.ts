import { readdirSync } from "node:fs";
import { buildAll } from "./build.ts";
import { inRoot } from "./lib/paths.ts";
import { exitStatus } from "./lib/run.ts";

/** `npm run bench [-- NAME ...]`: runs test/bench/*.bench.ts one after the other. They print, and gate nothing. */
const wanted = process.argv.slice(2);
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
for (const name of names) {
  console.log(`\n== ${name}`);
  const { code } = await exitStatus(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", inRoot("test", "bench", name)],
    { env: { AW_SKIP_BUILD: "1" } },
  );
  worst = Math.max(worst, code);
}
process.exit(worst);
