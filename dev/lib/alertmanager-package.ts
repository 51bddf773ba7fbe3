import { spawnSync } from "node:child_process";

const PACKAGE = "prometheus-alertmanager";

const installed = (): boolean => spawnSync(PACKAGE, ["--version"], { stdio: "ignore" }).status === 0;

/** Runs apt-get, without asking and without starting the service that the package brings. */
function apt(args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return spawnSync("apt-get", args, { stdio: "ignore", env, timeout: 180_000 }).status === 0;
}

/** @returns the program's name, installing Debian's package as root; else why there is none */
export function findAlertmanager(): { program: string } | { missing: string } {
  if (installed()) return { program: PACKAGE };
  if (process.getuid?.() !== 0)
    return { missing: `${PACKAGE} is not installed, and installing it needs root` };
  const install = ["install", "-y", "-qq", "--no-install-recommends", PACKAGE];
  if (!apt(install)) {
    apt(["update", "-qq"]);
    if (!apt(install)) return { missing: `apt-get could not install ${PACKAGE}` };
  }
  return installed() ? { program: PACKAGE } : { missing: `${PACKAGE} does not start` };
}
