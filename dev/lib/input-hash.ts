import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.ts";

function* filesOf(path: string): Generator<string> {
  if (!existsSync(inRoot(path))) return;
  if (!statSync(inRoot(path)).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(inRoot(path)).sort()) yield* filesOf(join(path, name));
}

/** SHA-256 over names and contents of the files and folders given, relative to the repository. */
export function inputHash(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesOf(path)) {
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(inRoot(file)))
        .update("\0");
    }
  }
  return hash.digest("hex");
}
