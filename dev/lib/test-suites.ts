import { buildAll } from "../build.ts";
import { findAlertmanager } from "./alertmanager-package.ts";
import { findChromium } from "./chromium.ts";
import { runVitest, type Totals } from "./vitest-run.ts";

/**
 * Every suite: units and workerd first, then browser and scenario tests on really started instances.
 * The last line printed says how many tests passed, failed and were skipped. @returns the exit code
 */
export async function runAllSuites(args: string[], env: Record<string, string> = {}): Promise<number> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  const started = Date.now();
  const notRun: string[] = [];
  const total: Totals = { passed: 0, failed: 0, skipped: 0 };
  const add = (part: Totals): void => {
    total.passed += part.passed;
    total.failed += part.failed;
    total.skipped += part.skipped;
  };

  add(await runVitest(["core", "workerd"], args, env));

  const browser = await findChromium();
  if (!browser)
    notRun.push("browser tests: no Chromium starts here (neither the npm package's nor a system one)");
  const alertmanager = findAlertmanager();
  if ("missing" in alertmanager) notRun.push(`tests with a real Alertmanager: ${alertmanager.missing}`);
  try {
    await buildAll();
    const tools = {
      AW_CHROMIUM: browser?.path ?? "",
      AW_CHROMIUM_ENV: JSON.stringify(browser?.env ?? {}),
      AW_ALERTMANAGER: "program" in alertmanager ? alertmanager.program : "",
      AW_SKIP_BUILD: "1",
    };
    add(await runVitest(["e2e"], args, { ...env, ...tools }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    notRun.push("browser and scenario tests: the build failed");
    total.failed += 1;
  }

  console.log(`\nAll suites took ${Math.round((Date.now() - started) / 1000)} s.`);
  for (const line of notRun) console.log(`NOT RUN  ${line}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
}
