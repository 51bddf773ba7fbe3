import { spawn } from "node:child_process";

/** Reads pids line by line; when we are gone, however we went, it kills those of the last line. */
const SCRIPT = `
trap '' INT TERM HUP
last=
while IFS= read -r line; do last=$line; done
for pid in $last; do kill -9 "$pid" 2>/dev/null; done
`;

export interface Watchdog {
  /** Replaces the processes that must not outlive this one. */
  guard(pids: number[]): void;
  /** Lets everything live and ends the watchdog. */
  stop(): void;
}

/**
 * workerd goes on when the process that started it is killed outright, holding port and data. A shell that
 * waits on a pipe from us notices that in any case, because the system closes the pipe.
 */
export function startWatchdog(): Watchdog {
  const child = spawn("sh", ["-c", SCRIPT], { stdio: ["pipe", "ignore", "ignore"] });
  child.on("error", () => console.error("No watchdog: sh could not be started."));
  child.stdin.on("error", () => {});
  child.unref();
  return {
    guard: (pids) => void child.stdin.write(`${pids.join(" ")}\n`),
    stop: () => void child.stdin.end("\n"),
  };
}
