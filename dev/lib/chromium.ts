import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inRoot } from "./paths.ts";

export interface Browser {
  path: string;
  /** Libraries the system lacks, where the package brings them. */
  env: Record<string, string>;
}

const starts = (path: string, env: Record<string, string> = {}): boolean => {
  const asked = spawnSync(path, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 });
  return asked.status === 0;
};

function onPath(names: string[]): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** The headless Chromium of an npm package, unpacked under .cache/chromium. */
async function fromNpm(): Promise<Browser | null> {
  const before = process.env.TMPDIR;
  const folder = inRoot(".cache", "chromium");
  try {
    const { default: chromium, inflate } = await import("@sparticuz/chromium");
    // The package unpacks into the temporary folder, where a half-written file of a killed run would stay.
    process.env.TMPDIR = folder;
    for (const _attempt of [1, 2]) {
      mkdirSync(folder, { recursive: true });
      const path = await chromium.executablePath();
      const fonts: Record<string, string> = existsSync("/etc/fonts/fonts.conf")
        ? {}
        : { FONTCONFIG_PATH: join(folder, "fonts") };
      if (starts(path, fonts)) return { path, env: fonts };
      // nss, nspr or expat are missing here: the package brings them, packed for AWS Lambda.
      const archive = new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"));
      const env = { ...fonts, LD_LIBRARY_PATH: join(await inflate(fileURLToPath(archive)), "lib") };
      if (starts(path, env)) return { path, env };
      rmSync(folder, { recursive: true, force: true });
    }
    return null;
  } catch {
    return null;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** CHROMIUM_PATH, else the one from npm, else a system Chromium that starts; null when there is none. */
export async function findChromium(): Promise<Browser | null> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return starts(given) ? { path: given, env: {} } : null;
  const npm = await fromNpm();
  if (npm) return npm;
  const system = onPath(["chromium", "chromium-browser", "google-chrome"]);
  return system && starts(system) ? { path: system, env: {} } : null;
}
