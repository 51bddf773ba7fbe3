import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { TestInstance } from "../instance.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { CommandPipe } from "./command-pipe.ts";
import { startDaemon } from "./daemon.ts";
import { installScript, served } from "./served-script.ts";

export const ICINGA2 = "icinga2";

const configuration = (folder: string, host: string, service: string): string => `
include <itl>
object Endpoint NodeName { }
object Zone ZoneName { endpoints = [ NodeName ] }
object NotificationComponent "notification" { }
object ExternalCommandListener "command" { command_path = "${folder}/run/icinga2.cmd" }
object Host "${host}" {
  check_command = "passive"
  display_name = "Web server größe"
  address = "192.0.2.42"
  enable_active_checks = false
  max_check_attempts = 1
}
object Service "${service}" {
  host_name = "${host}"
  check_command = "passive"
  enable_active_checks = false
  max_check_attempts = 1
}
include "${folder}/alert-whisperer.conf.icinga"
`;

/** A real Icinga 2 with one host and one service, whose results are given by hand, and the served files in place. */
export async function startIcinga2(instance: TestInstance, host: string, service: string) {
  const { path: folder, remove } = temporaryFolder();
  const places = {
    DataDir: "data",
    LogDir: "log",
    InitRunDir: "run",
    SpoolDir: "spool",
    CacheDir: "cache",
    ConfigDir: "conf",
  };
  for (const name of Object.values(places)) mkdirSync(join(folder, name));
  const command = await installScript(instance, "icinga2", folder);
  const given = await served(instance, "icinga2.conf");
  writeFileSync(
    join(folder, "alert-whisperer.conf.icinga"),
    given.replaceAll("/usr/local/bin/alert-whisperer-icinga2", command),
  );
  writeFileSync(join(folder, "icinga2.conf"), configuration(folder, host, service));
  const user = userInfo().username;
  const constants = {
    NodeName: "test",
    ZoneName: "test",
    RunAsUser: user,
    RunAsGroup: user,
    ...Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(folder, place)])),
  };
  const defines = Object.entries(constants).map(([name, value]) => `-D${name}=${value}`);
  const pipe = join(folder, "run", "icinga2.cmd");
  const daemon = await startDaemon(ICINGA2, ["daemon", "-c", join(folder, "icinga2.conf"), ...defines], () =>
    existsSync(pipe),
  );
  return {
    commands: new CommandPipe(pipe),
    output: daemon.output,
    async stop() {
      await daemon.stop();
      remove();
    },
  };
}
