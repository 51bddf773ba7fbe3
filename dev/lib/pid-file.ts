import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, isAlive } from "./processes.ts";

export interface PidFile {
  pid: number;
  url: string;
  /** The runtime's processes, once they run. */
  workerd: number[];
}

const pathIn = (dataDir: string): string => join(dataDir, "pid");

/** @returns the instance that runs on this data now, or null; a file left by a killed one counts for nothing */
export function runningInstance(dataDir: string): PidFile | null {
  const path = pathIn(dataDir);
  if (!existsSync(path)) return null;
  try {
    const file = JSON.parse(readFileSync(path, "utf8")) as PidFile;
    if (file.pid === process.pid || !isAlive(file.pid)) return null;
    // The number may belong to another program by now.
    const command = commandLine(file.pid);
    return command === null || /\bdev\/(start|dev)\.ts\b/.test(command) ? file : null;
  } catch {
    return null;
  }
}

export function writePidFile(dataDir: string, file: PidFile): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(pathIn(dataDir), JSON.stringify(file));
}

export function removePidFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}
