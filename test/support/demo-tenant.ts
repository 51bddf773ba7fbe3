import { Random } from "../../dev/demo/random.ts";
import {
  busyServer,
  type DemoAlert,
  dailyNoise,
  databaseCascade,
  flappingLink,
  type Scenario,
  siteOutage,
} from "../../dev/demo/scenarios.ts";
import { DEMO_COMPANIES, DEMO_MSP } from "../../dev/demo/world.ts";
import { ApiClient } from "../../dev/lib/api-client.ts";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";
import { sendTo } from "./console-page.ts";
import type { TestInstance } from "./instance.ts";

/** What happens where, and up to which second of its story it is told. */
const PLAYED: [company: number, scenario: Scenario, until: number][] = [
  [0, dailyNoise, 1000],
  [1, siteOutage, 60],
  [2, busyServer, 1000],
  [0, databaseCascade, 120],
  [2, flappingLink, 1000],
  [1, busyServer, 100],
  [1, dailyNoise, 30],
  [2, dailyNoise, 30],
];

export interface DemoTenant {
  api: ApiClient;
  companies: LocalCompany[];
}

/** An MSP with the demo's three companies and a morning's trouble, sent through the webhook at once. */
export async function demoTenant(instance: TestInstance): Promise<DemoTenant> {
  const api = new ApiClient(instance.url);
  const email = "demo@northwind.example";
  await api.enter({ email, password: "correct horse battery", name: "Robin Vale", msp_name: DEMO_MSP });
  const companies: LocalCompany[] = [];
  for (const { name, time_zone, assets, strategy } of DEMO_COMPANIES) {
    const company = await api.createCompany(name, time_zone);
    await api.liftRateLimit(company.id);
    const critical_assets = assets.filter((asset) => asset.critical).map((asset) => asset.name);
    await api.json("PATCH", `/api/companies/${company.id}`, { critical_assets });
    const path = `/api/companies/${company.id}/correlation`;
    const settings = await api.json<Record<string, unknown>>("GET", path);
    await api.json("PUT", path, { ...settings, strategy });
    companies.push(company);
  }
  const random = new Random(11);
  for (const [index, scenario, until] of PLAYED) {
    const company = companies[index];
    const world = DEMO_COMPANIES[index];
    if (!company || !world) continue;
    const steps = scenario(world, random).filter((step) => step.after <= until);
    const alerts: DemoAlert[] = steps.sort((a, b) => a.after - b.after).flatMap((step) => step.alerts);
    await sendTo(instance, company, alerts);
  }
  return { api, companies };
}
