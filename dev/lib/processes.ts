import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface ProcessRow {
  pid: number;
  ppid: number;
  name: string;
}

function linuxProcesses(): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // "pid (name) state ppid ...", and a name may hold parentheses itself.
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const end = stat.lastIndexOf(")");
      const ppid = Number(stat.slice(end + 2).split(" ")[1]);
      rows.push({ pid: Number(entry), ppid, name: stat.slice(stat.indexOf("(") + 1, end) });
    } catch {
      // It ended while we looked.
    }
  }
  return rows;
}

function otherProcesses(): ProcessRow[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), ppid: Number(match[2]), name: match[3] ?? "" }] : [];
  });
}

/** @returns pids of the workerd processes that this process started */
export function ownWorkerds(): number[] {
  const rows = process.platform === "linux" ? linuxProcesses() : otherProcesses();
  return rows.filter((row) => row.ppid === process.pid && row.name.includes("workerd")).map((row) => row.pid);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Command line of a running process, or null where the system does not tell. */
export function commandLine(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return null;
  }
}
