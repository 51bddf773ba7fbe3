import { buildAll } from "./build.ts";
import { LIVE_TOOLS, provide } from "./lib/debian-packages.ts";
import { runVitest } from "./lib/vitest-run.ts";

/**
 * `npm run test:tools`: real monitoring servers report to a running instance. Installs Debian's packages as
 * root; what cannot be had is skipped and named at the end.
 */
const notRun = LIVE_TOOLS.flatMap((tool) => {
  const why = provide(tool);
  return why ? [`${tool.label}: ${why}`] : [];
});
if (process.env.AW_SKIP_BUILD !== "1") await buildAll();
const totals = await runVitest(["tools"], process.argv.slice(2), {
  AW_SKIP_BUILD: "1",
  AW_ALERTMANAGER: notRun.some((line) => line.startsWith("Alertmanager")) ? "" : "prometheus-alertmanager",
  PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin`,
});
for (const line of notRun) console.log(`NOT RUN  ${line}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);
