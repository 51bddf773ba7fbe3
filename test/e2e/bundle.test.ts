import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildPages } from "../../dev/build.ts";
import { CLIENT_DIR } from "../../dev/lib/paths.ts";

const LIMIT_KB = 180;
const ASSETS = join(CLIENT_DIR, "assets");

interface Manifest {
  entry: { module: string };
  routes: Record<string, { id: string; parentId?: string; module: string }>;
}

function readManifest(): Manifest {
  const name = readdirSync(ASSETS).find((file) => /^manifest-.*\.js$/.test(file)) ?? "";
  const text = readFileSync(join(ASSETS, name), "utf8");
  return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as Manifest;
}

const fileOf = (module: string): string => module.replace(/^\/assets\//, "");

/** A script and whatever it imports at once, and they in turn; import() is for later and not followed. */
function closure(start: string, seen = new Set<string>()): Set<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  const text = readFileSync(join(ASSETS, start), "utf8");
  for (const [, next] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)) closure(next ?? "", seen);
  return seen;
}

const sizes = new Map<string, number>();
function gzipKb(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(join(ASSETS, file))).length / 1024;
  sizes.set(file, known);
  return known;
}

describe("the scripts a page loads first", () => {
  let manifest: Manifest;
  beforeAll(async () => {
    if (!process.env.AW_SKIP_BUILD) await buildPages();
    manifest = readManifest();
  });

  it(`are at most ${LIMIT_KB} KB gzip on every route`, () => {
    const all: Record<string, number> = {};
    for (const { id } of Object.values(manifest.routes)) {
      const files = closure(fileOf(manifest.entry.module));
      for (let at: string | undefined = id; at; at = manifest.routes[at]?.parentId)
        closure(fileOf(manifest.routes[at]?.module ?? ""), files);
      expect(files.size, id).toBeGreaterThan(3);
      all[id] = Math.round([...files].reduce((sum, file) => sum + gzipKb(file), 0));
    }
    expect(Object.keys(all).length).toBeGreaterThan(8);
    expect(Object.entries(all).filter(([, kb]) => kb > LIMIT_KB)).toEqual([]);
  });
});
