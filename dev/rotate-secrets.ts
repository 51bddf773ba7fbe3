import { existsSync } from "node:fs";
import { dataDir } from "./lib/paths.ts";
import { runningInstance } from "./lib/pid-file.ts";
import { firstRunPath, rotateSecretsKey } from "./lib/secrets-file.ts";

/** `npm run secrets:rotate`: gives the local instance a new sealing key; the README says how in production. */
const data = dataDir();
if (existsSync(firstRunPath(data))) {
  rotateSecretsKey(data);
  const then = runningInstance(data) ? "Stop the instance and start it again" : "Start it";
  console.log(`${firstRunPath(data)} has a new SECRETS_KEY; the old one is kept as SECRETS_KEY_PREVIOUS.`);
  console.log(`${then}: everything is sealed anew, and within minutes its log says`);
  console.log('"secrets_resealed ... finished=true". Then take SECRETS_KEY_PREVIOUS out of the file.');
} else {
  console.error(`There is no instance in ${data}. DATA_DIR says where it is.`);
  process.exitCode = 1;
}
