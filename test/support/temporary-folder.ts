import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder for a test's data. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "alert-whisperer-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
