import { Random } from "./random.ts";
import {
  busyServer,
  type DemoAlert,
  dailyNoise,
  databaseCascade,
  flappingLink,
  type Scenario,
  siteOutage,
  storm,
} from "./scenarios.ts";
import { DEMO_COMPANIES } from "./world.ts";

/** One webhook delivery of the demo. `at` is seconds from the start; `company` an index into DEMO_COMPANIES. */
export interface Delivery {
  at: number;
  company: number;
  alerts: DemoAlert[];
}

/** What begins, and how many seconds pass between two beginnings in one company, on average. */
const HABITS: [scenario: Scenario, every: number][] = [
  [dailyNoise, 45],
  [busyServer, 90],
  [flappingLink, 500],
  [databaseCascade, 600],
  [siteOutage, 800],
  [storm, 1500],
];

/** So that there is something to see in the first minute. */
const OPENING: [scenario: Scenario, at: number, company: number][] = [
  [busyServer, 0, 0],
  [dailyNoise, 1, 1],
  [databaseCascade, 2, 1],
  [busyServer, 5, 2],
  [dailyNoise, 8, 0],
  [siteOutage, 30, 2],
];

/** The whole stream up to `until` seconds, in order of time. The same seed gives the same stream. */
export function deliveries(seed: number, until: number): Delivery[] {
  const random = new Random(seed);
  const all: Delivery[] = [];
  const begin = (scenario: Scenario, at: number, index: number): void => {
    const company = DEMO_COMPANIES[index];
    if (!company) return;
    for (const { after, alerts } of scenario(company, random)) {
      all.push({ at: at + after, company: index, alerts });
    }
  };
  for (const [scenario, at, company] of OPENING) begin(scenario, at, company);
  for (const index of DEMO_COMPANIES.keys()) {
    for (const [scenario, every] of HABITS) {
      // The heavy ones are not for the first minutes.
      for (let at = every / 5 + random.waiting(every); at < until; at += random.waiting(every))
        begin(scenario, at, index);
    }
  }
  return all.filter((one) => one.at < until).sort((a, b) => a.at - b.at);
}
