import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { TestInstance } from "../instance.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { CommandPipe } from "./command-pipe.ts";
import { startDaemon } from "./daemon.ts";
import { installScript, served } from "./served-script.ts";

export const NAGIOS = "nagios4";

const main = (folder: string, user: string): string => `
log_file=${folder}/nagios.log
cfg_file=${folder}/alert-whisperer.cfg
cfg_file=${folder}/objects.cfg
object_cache_file=${folder}/objects.cache
resource_file=${folder}/resource.cfg
status_file=${folder}/status.dat
nagios_user=${user}
nagios_group=${user}
command_file=${folder}/rw/nagios.cmd
query_socket=${folder}/rw/nagios.qh
lock_file=${folder}/nagios.lock
temp_file=${folder}/nagios.tmp
temp_path=${folder}
check_result_path=${folder}/results
state_retention_file=${folder}/retention.dat
log_archive_path=${folder}
check_external_commands=1
use_syslog=0
interval_length=1
enable_notifications=1
enable_environment_macros=0
illegal_macro_output_chars=\`~$&|'"<>
check_for_updates=0
`;

const COMMON = `
    check_command           nothing
    active_checks_enabled   0
    passive_checks_enabled  1
    max_check_attempts      1
    check_period            alert-whisperer-always
    notification_period     alert-whisperer-always
    notification_interval   0
    contacts                alert-whisperer
    initial_state           o
`;

const objects = (host: string, service: string): string => `
define command {
    command_name            nothing
    command_line            /bin/true
}
define host {
    host_name               ${host}
    alias                   Web server größe
    address                 192.0.2.41
    notification_options    d,u,r,f,s
${COMMON}}
define service {
    host_name               ${host}
    service_description     ${service}
    notification_options    w,u,c,r,f,s
${COMMON}}
`;

/** A real Nagios with one host and one service, whose results are given by hand, and the served files in place. */
export async function startNagios(instance: TestInstance, host: string, service: string) {
  const { path: folder, remove } = temporaryFolder();
  for (const name of ["rw", "results"]) mkdirSync(join(folder, name));
  const command = await installScript(instance, "nagios", folder);
  const given = (await served(instance, "nagios.cfg")).replaceAll(
    "/usr/local/bin/alert-whisperer-nagios",
    command,
  );
  writeFileSync(join(folder, "alert-whisperer.cfg"), given);
  writeFileSync(join(folder, "objects.cfg"), objects(host, service));
  writeFileSync(join(folder, "resource.cfg"), "");
  writeFileSync(join(folder, "nagios.cfg"), main(folder, userInfo().username));
  const pipe = join(folder, "rw", "nagios.cmd");
  const daemon = await startDaemon(NAGIOS, [join(folder, "nagios.cfg")], () => existsSync(pipe));
  return {
    commands: new CommandPipe(pipe),
    output: daemon.output,
    async stop() {
      await daemon.stop();
      remove();
    },
  };
}
