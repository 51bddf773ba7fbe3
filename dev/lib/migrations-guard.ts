import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.ts";

/**
 * A migration that has run somewhere can only be followed by another. Compares each with its recorded checksum
 * and records new ones (in CI a missing record is an error). @returns what is wrong, one sentence each
 */
export function checkMigrations(mayRecord: boolean, folder = inRoot("migrations")): string[] {
  const record = join(folder, "checksums.json");
  const recorded: Record<string, string> = existsSync(record)
    ? (JSON.parse(readFileSync(record, "utf8")) as Record<string, string>)
    : {};
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const problems: string[] = [];
  for (const name of Object.keys(recorded)) {
    if (!names.includes(name)) problems.push(`migrations/${name} was removed; put it back`);
  }
  let added = false;
  names.forEach((name, index) => {
    if (Number.parseInt(name, 10) !== index + 1) problems.push(`migrations/${name} is out of sequence`);
    const checksum = createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
    if (recorded[name] === undefined && mayRecord) {
      recorded[name] = checksum;
      added = true;
    } else if (recorded[name] === undefined) {
      problems.push(`migrations/${name} has no checksum; run npm run check and commit checksums.json`);
    } else if (recorded[name] !== checksum) {
      problems.push(`migrations/${name} was edited; restore it and write a new migration instead`);
    }
  });
  if (added) writeFileSync(record, `${JSON.stringify(recorded, null, 2)}\n`);
  return problems;
}
