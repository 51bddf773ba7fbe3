import { spawnSync } from "node:child_process";

/** What one live test needs: programs by which to tell that it is there, and Debian's packages that bring them. */
export interface DebianTool {
  label: string;
  programs: string[];
  packages: string[];
}

export const LIVE_TOOLS: DebianTool[] = [
  { label: "Nagios", programs: ["nagios4"], packages: ["nagios4-core"] },
  { label: "Icinga 2", programs: ["icinga2"], packages: ["icinga2-bin", "icinga2-common"] },
  { label: "Alertmanager", programs: ["prometheus-alertmanager"], packages: ["prometheus-alertmanager"] },
  {
    label: "Zabbix",
    programs: ["zabbix_server", "zabbix_sender", "php", "psql"],
    // php-cgi, so that no web server comes along.
    packages: [
      "zabbix-server-pgsql",
      "zabbix-frontend-php",
      "zabbix-sender",
      "postgresql",
      "php-cli",
      "php-cgi",
      "php-pgsql",
    ],
  },
  { label: "the scripts' own checks", programs: ["shellcheck", "dash"], packages: ["shellcheck", "dash"] },
];

const there = (program: string): boolean =>
  spawnSync("sh", ["-c", 'command -v "$1"', "sh", program], {
    stdio: "ignore",
    env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` },
  }).status === 0;

/** Without asking, and without starting the services that packages bring. */
function apt(args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return spawnSync("apt-get", args, { stdio: "ignore", env, timeout: 600_000 }).status === 0;
}

/** Installs what a tool lacks, as root. @returns why it cannot be run, or null where it can */
export function provide(tool: DebianTool): string | null {
  const missing = () => tool.programs.filter((program) => !there(program));
  if (missing().length === 0) return null;
  if (process.getuid?.() !== 0) return `${missing().join(", ")} not installed, and installing needs root`;
  console.log(`Installing ${tool.packages.join(", ")} ...`);
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...tool.packages];
  if (!apt(install)) {
    apt(["update", "-qq"]);
    if (!apt(install)) return `apt-get could not install ${tool.packages.join(", ")}`;
  }
  return missing().length === 0 ? null : `${missing().join(", ")} not found after installing`;
}
