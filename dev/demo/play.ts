import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_CORRELATION } from "../../core/settings.ts";
import { ApiClient } from "../lib/api-client.ts";
import { type FirstRun, newPassword, saveFirstRun } from "../lib/secrets-file.ts";
import { onShutdown } from "../lib/shutdown.ts";
import { deliveries } from "./schedule.ts";
import { send } from "./send.ts";
import { DEMO_COMPANIES, DEMO_MSP } from "./world.ts";

const CHAPTER_SECONDS = 3600;

type Demo = NonNullable<FirstRun["demo"]>;

/** Makes the demo's MSP and companies through the public API, once; a half-made one is completed. */
async function ensureDemo(origin: string, dataDir: string, file: FirstRun): Promise<Demo> {
  const demo: Demo = file.demo ?? {
    sign_in: { email: "demo@example.com", password: newPassword() },
    companies: [],
  };
  file.demo = demo;
  saveFirstRun(dataDir, file);
  if (demo.companies.length === DEMO_COMPANIES.length) return demo;
  const client = new ApiClient(origin);
  await client.enter({ ...demo.sign_in, name: "Demo Admin", msp_name: DEMO_MSP });
  for (const wanted of DEMO_COMPANIES.slice(demo.companies.length)) {
    const company = await client.createCompany(wanted.name, wanted.time_zone);
    await client.liftRateLimit(company.id);
    const critical = wanted.assets.filter((asset) => asset.critical).map((asset) => asset.name);
    await client.json("PATCH", `/api/companies/${company.id}`, { critical_assets: critical });
    // A minute of quiet instead of three: people who watch want to see the end.
    const correlation = { ...DEFAULT_CORRELATION, strategy: wanted.strategy, resolve_delay_minutes: 1 };
    await client.json("PUT", `/api/companies/${company.id}/correlation`, correlation);
    demo.companies.push(company);
    saveFirstRun(dataDir, file);
  }
  return demo;
}

/** Plays hour after hour at human pace until the instance stops; what the webhook refuses is said. */
async function play(origin: string, demo: Demo, seed: number, isOver: () => boolean): Promise<void> {
  for (let hour = 0; ; hour++) {
    const begun = Date.now();
    for (const { at, company: index, alerts } of deliveries(seed + hour, CHAPTER_SECONDS)) {
      await sleep(Math.max(0, begun + at * 1000 - Date.now()));
      if (isOver()) return;
      const company = demo.companies[index];
      if (!company) continue;
      try {
        const status = await send(origin, company, alerts);
        if (status >= 300) console.error(`Demo: the webhook of ${company.name} answered ${status}.`);
      } catch (error) {
        if (!isOver()) console.error(`Demo: ${error instanceof Error ? error.message : error}`);
      }
    }
    await sleep(Math.max(0, begun + CHAPTER_SECONDS * 1000 - Date.now()));
  }
}

/** `npm start -- --demo`: a simulated MSP whose tools report through the real, signed webhook. */
export async function playDemo(origin: string, dataDir: string, file: FirstRun, seed: number): Promise<void> {
  const demo = await ensureDemo(origin, dataDir, file);
  console.log(`  Demo: ${DEMO_MSP} with ${demo.companies.length} simulated companies, seed ${seed}`);
  console.log(`  Demo sign-in  ${demo.sign_in.email}  /  ${demo.sign_in.password}\n`);
  let over = false;
  onShutdown(() => {
    over = true;
  });
  await play(origin, demo, seed, () => over);
}
