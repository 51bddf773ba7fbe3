import { type StdioOptions, spawn } from "node:child_process";
import { ROOT } from "./paths.ts";

export interface RunOptions {
  /** Shows the output only when the command fails. */
  quiet?: boolean;
  /** Keeps the standard output for the caller; errors are still shown. */
  collect?: boolean;
  env?: Record<string, string>;
  cwd?: string;
}

/** Runs a program to its end. @throws with its name and output when it fails */
export async function run(program: string, args: string[], options: RunOptions = {}): Promise<void> {
  const status = await exitStatus(program, args, options);
  if (status.code !== 0) {
    const shown = [program, ...args].join(" ");
    throw new Error(`${shown}\nended with ${status.code}\n${status.output}`.trimEnd());
  }
}

/** Runs a program to its end. @returns exit code (128 + n for a signal's) and what was kept of its output */
export async function exitStatus(
  program: string,
  args: string[],
  options: RunOptions = {},
): Promise<{ code: number; output: string }> {
  const shown: StdioOptions = ["ignore", "inherit", "inherit"];
  const kept: StdioOptions = ["ignore", "pipe", options.quiet ? "pipe" : "inherit"];
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: options.quiet || options.collect ? kept : shown,
  });
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.removeListener("exit", endWithUs);
      resolve({ code: code ?? (signal ? 128 : 1), output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
