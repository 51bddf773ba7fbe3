import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { inRoot } from "./paths.ts";
import { exitStatus } from "./run.ts";

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

interface JsonReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Runs vitest projects in one go. A file that could not be loaded, or a crash, counts as one failed test. */
export async function runVitest(
  projects: string[],
  args: string[],
  env: Record<string, string>,
): Promise<Totals> {
  const report = inRoot("test-results", `${projects.join("-")}.json`);
  mkdirSync(inRoot("test-results"), { recursive: true });
  rmSync(report, { force: true });
  const chosen = projects.flatMap((project) => ["--project", project]);
  const { code } = await exitStatus(
    process.execPath,
    [inRoot("node_modules/vitest/vitest.mjs"), "run", "--passWithNoTests", ...chosen, ...args],
    { env: { ...env, AW_TEST_JSON: report } },
  );
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const json = JSON.parse(readFileSync(report, "utf8")) as JsonReport;
    const broken = json.testResults.filter((file) => {
      return file.status === "failed" && file.assertionResults.length === 0;
    });
    totals.passed = json.numPassedTests;
    totals.failed = json.numFailedTests + broken.length;
    totals.skipped = json.numPendingTests + json.numTodoTests;
  }
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  return totals;
}
