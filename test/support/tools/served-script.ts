import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestInstance } from "../instance.ts";

/** What the service serves at /integrations, as text. */
export async function served(instance: TestInstance, name: string): Promise<string> {
  const response = await fetch(`${instance.url}/integrations/${name}`);
  if (!response.ok) throw new Error(`/integrations/${name} answered ${response.status}`);
  return await response.text();
}

/** Installs a notification script as its guide says. @returns the command that stands for the installed path */
export async function installScript(instance: TestInstance, tool: string, folder: string): Promise<string> {
  const { api_key, hmac_secret } = instance.company;
  const script = join(folder, `${tool}.sh`);
  const config = join(folder, "alert-whisperer.conf");
  const spool = join(folder, "waiting");
  const command = join(folder, "notify");
  mkdirSync(spool);
  writeFileSync(script, await served(instance, `${tool}.sh`));
  writeFileSync(
    config,
    `URL=${instance.url}/api/webhooks/${tool}\nAPI_KEY=${api_key}\nSECRET=${hmac_secret}\nSPOOL=${spool}\n`,
  );
  chmodSync(config, 0o600);
  writeFileSync(command, `#!/bin/sh\nexec sh '${script}' --config '${config}' "$@"\n`);
  chmodSync(command, 0o755);
  return command;
}
