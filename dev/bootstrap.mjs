// The first thing every npm script runs, on whatever Node (20 or newer) the machine has: it installs what the
// lock file asks for, finds a Node 22, and hands over to dev/<command>.ts, which that Node runs as it is.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const COMMANDS = [
  "start",
  "dev",
  "build",
  "test",
  "test-full",
  "test-tools",
  "check",
  "bench",
  "bench-correlation",
  "rotate-secrets",
];
const NEEDED_MAJOR = 22;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const [command, ...args] = process.argv.slice(2);

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Installs unless the stamp says that node_modules is of this very lock file. */
function ensureInstalled() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = join(modules, ".aw-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8").trim() === wanted) return;
  console.log("Installing dependencies (npm ci); the first time takes a minute or so ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--progress=true"];
  const result = spawnSync(npm, ["ci", ...quiet], { cwd: root, stdio: "inherit" });
  if (result.error) fail(`npm could not be started: ${result.error.message}`);
  if (result.signal) process.exit(128 + (constants.signals[result.signal] ?? 0));
  if (result.status !== 0) fail("npm ci failed (its own words are above); nothing was started.");
  writeFileSync(stamp, `${wanted}\n`);
}

/** The Node that came with node_modules, else the running one. */
function findNode() {
  const bundled = join(modules, ".bin", "node");
  if (existsSync(bundled)) {
    const asked = spawnSync(bundled, ["-p", "process.versions.node"], { encoding: "utf8" });
    if (asked.status === 0 && Number.parseInt(asked.stdout, 10) >= NEEDED_MAJOR) return bundled;
  }
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  return fail(
    `Node ${NEEDED_MAJOR} or newer is needed and this is Node ${process.versions.node}. On Linux x64 it comes ` +
      "with the dependencies; on this machine please install it (for example: nvm install 22) and try again.",
  );
}

/** Runs the command; signals go to it, its end is ours, and it hears of our death by the closed channel. */
function handOver(node) {
  const child = spawn(
    node,
    ["--disable-warning=ExperimentalWarning", join(root, "dev", `${command}.ts`), ...args],
    {
      cwd: root,
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: { ...process.env, PATH: `${join(modules, ".bin")}:${process.env.PATH ?? ""}` },
    },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${node} could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
  });
  // npm killed outright tells nobody, and the shell it runs us in lives on: we see that our line breaks.
  if (process.env.npm_lifecycle_event) {
    const line = ancestors();
    const watch = setInterval(() => {
      if (ancestors() === line) return;
      clearInterval(watch);
      child.kill("SIGTERM");
    }, 1000);
    watch.unref();
  }
}

/** Our parent and, where /proc tells it, that one's parent. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}

if (!COMMANDS.includes(command)) fail(`usage: node dev/bootstrap.mjs <${COMMANDS.join("|")}> [...]`);
ensureInstalled();
handOver(findNode());
