import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freeLoopbackPort, portProblem } from "../../../dev/lib/port.ts";
import type { TestInstance } from "../instance.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type Daemon, installed, runProgram, startDaemon } from "./daemon.ts";
import { startPostgres } from "./postgres.ts";
import { served } from "./served-script.ts";
import { ZabbixApi } from "./zabbix-api.ts";

export const zabbixInstalled = (): boolean =>
  ["zabbix_server", "zabbix_sender", "php", "psql"].every(installed);

const SCHEMA = "/usr/share/zabbix-server-pgsql";
const FRONTEND = "/usr/share/zabbix";

const server = (folder: string, sockets: string, port: number): string => `
ListenPort=${port}
ListenIP=127.0.0.1
LogType=console
PidFile=${folder}/zabbix.pid
SocketDir=${folder}
DBHost=${sockets}
DBName=zabbix
DBUser=postgres
AllowRoot=1
CacheUpdateFrequency=1
HousekeepingFrequency=0
StartPollers=1
StartPollersUnreachable=1
StartPingers=0
StartDiscoverers=0
StartHTTPPollers=0
StartTrappers=2
StartODBCPollers=0
FpingLocation=/bin/true
Fping6Location=/bin/true
`;

const frontend = (sockets: string, port: number): string => `<?php
$DB = ['TYPE' => 'POSTGRESQL', 'SERVER' => '${sockets}', 'PORT' => '0', 'DATABASE' => 'zabbix', 'USER' => 'postgres',
  'PASSWORD' => '', 'SCHEMA' => '', 'ENCRYPTION' => false, 'VERIFY_HOST' => false, 'KEY_FILE' => '', 'CERT_FILE' => '',
  'CA_FILE' => '', 'CIPHER_LIST' => '', 'VAULT_URL' => '', 'VAULT_DB_PATH' => '', 'VAULT_TOKEN' => '',
  'DOUBLE_IEEE754' => true];
$ZBX_SERVER = '127.0.0.1';
$ZBX_SERVER_PORT = '${port}';
$ZBX_SERVER_NAME = 'test';
$IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
`;

/** A free port that Zabbix accepts: it wants one below 32768, which the system hardly ever gives. */
async function lowPort(): Promise<number> {
  let port = 21_000 + (process.pid % 10_000);
  while (await portProblem("127.0.0.1", port)) port += 1;
  return port;
}

export interface TestZabbix {
  api: ZabbixApi;
  /** Gives the trapper item of a host a value, as an agent would. */
  send(host: string, key: string, value: string): void;
  output(): string;
  stop(): Promise<void>;
}

/** A real Zabbix server with its frontend's API and database, all in one folder and on ports of their own. */
export async function startZabbix(instance: TestInstance): Promise<TestZabbix> {
  const { path: folder, remove } = temporaryFolder();
  const running: Daemon[] = [];
  const stop = async (): Promise<void> => {
    for (const daemon of running.reverse()) await daemon.stop();
    remove();
  };
  try {
    const database = await startPostgres(folder);
    running.push(database);
    database.sql("postgres", "CREATE DATABASE zabbix");
    for (const part of ["schema", "images", "data"])
      database.sql("zabbix", runProgram("zcat", [join(SCHEMA, `${part}.sql.gz`)]));
    const port = await lowPort();
    const config = join(folder, "zabbix_server.conf");
    writeFileSync(config, server(folder, database.sockets, port));
    const daemon = await startDaemon("zabbix_server", ["-f", "-c", config], (output) =>
      output.includes("server #1 started"),
    );
    running.push(daemon);

    const web = join(folder, "web");
    cpSync(FRONTEND, web, { recursive: true, dereference: true });
    const settingsFile = join(folder, "zabbix.conf.php");
    writeFileSync(settingsFile, frontend(database.sockets, port));
    // Debian's frontend reads one fixed place; this copy reads ours.
    const reader = join(web, "include", "classes", "core", "CConfigFile.php");
    writeFileSync(reader, readFileSync(reader, "utf8").replace("/etc/zabbix/zabbix.conf.php", settingsFile));
    const webPort = await freeLoopbackPort();
    const limits = {
      max_execution_time: "300",
      memory_limit: "256M",
      post_max_size: "16M",
      max_input_time: "300",
    };
    const settings = Object.entries(limits).flatMap(([name, value]) => ["-d", `${name}=${value}`]);
    const api = new ZabbixApi(`http://127.0.0.1:${webPort}/api_jsonrpc.php`);
    running.push(
      await startDaemon("php", [...settings, "-S", `127.0.0.1:${webPort}`, "-t", web], () => api.answers()),
    );
    await api.signIn("Admin", "zabbix");
    await api.installMediaType(await served(instance, "zabbix-media-type.yaml"), {
      url: `${instance.url}/api/webhooks/zabbix`,
      api_key: instance.company.api_key,
      secret: instance.company.hmac_secret,
    });
    return {
      api,
      send(host, key, value) {
        const to = ["-z", "127.0.0.1", "-p", String(port)];
        runProgram("zabbix_sender", [...to, "-s", host, "-k", key, "-o", value]);
      },
      output: () => running.map((one) => one.output()).join("\n"),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
