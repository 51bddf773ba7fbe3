import { existsSync, readdirSync, readFileSync } from "node:fs";

const folder = (tool: string) => new URL(`../fixtures/${tool}/`, import.meta.url);

/** One stored body of a tool. */
export function fixture(tool: string, name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder(tool)), "utf8"));
}

/** All of them by name; none where the tool has no folder. */
export function fixturesOf(tool: string): [name: string, body: unknown][] {
  if (!existsSync(folder(tool))) return [];
  return readdirSync(folder(tool))
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.slice(0, -5), fixture(tool, file.slice(0, -5))]);
}
