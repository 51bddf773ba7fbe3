import { spawn, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export interface Daemon {
  /** Everything it printed so far. */
  output(): string;
  /** SIGTERM, and SIGKILL after a while. */
  stop(): Promise<void>;
}

/** Starts a program in the foreground and waits until `ready`. @throws with its output when it ends before */
export async function startDaemon(
  program: string,
  args: string[],
  ready: (output: string) => boolean | Promise<boolean>,
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Daemon> {
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      printed += part.toString("utf8");
    });
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    for (let tries = 0; !gone() && tries < 400; tries++) await sleep(25);
    if (!gone()) child.kill("SIGKILL");
  };
  for (let tries = 0; !(await ready(printed)); tries++) {
    if (gone() || tries > 600) {
      await stop();
      throw new Error(`${program} did not start:\n${printed}`);
    }
    await sleep(50);
  }
  return { output: () => printed, stop };
}

/** Runs a program to its end. @returns what it printed; @throws with it when it fails */
export function runProgram(program: string, args: string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    input,
    maxBuffer: 1e8,
  });
  if (status !== 0)
    throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${error ?? stderr ?? stdout}`);
  return stdout;
}

/** Is there such a program? Its own test suites run only then. */
export function installed(program: string): boolean {
  return spawnSync("sh", ["-c", 'command -v "$1"', "sh", program], { stdio: "ignore" }).status === 0;
}
