import type { Random } from "./random.ts";
import type { DemoAsset, DemoCompany, Role } from "./world.ts";

/** The generic webhook's alert, as a tool's template would fill it. */
export interface DemoAlert {
  asset_name: string;
  signature: string;
  severity: "low" | "medium" | "high" | "critical";
  message: string;
  tool_source: string;
  status: "firing" | "resolved";
  tags: { site: string; simulated: "true" };
}

/** Something that happens `after` seconds from the scenario's start. */
export interface Step {
  after: number;
  alerts: DemoAlert[];
}

export type Scenario = (company: DemoCompany, random: Random) => Step[];

type Symptom = Pick<DemoAlert, "signature" | "severity" | "message">;

const withRole = (company: DemoCompany, ...roles: Role[]): DemoAsset[] =>
  company.assets.filter((asset) => roles.includes(asset.role));

function alert(asset: DemoAsset, symptom: Symptom, tool: string, status: DemoAlert["status"]): DemoAlert {
  const tags = { site: asset.site, simulated: "true" as const };
  return { asset_name: asset.name, ...symptom, tool_source: tool, status, tags };
}

/** Fires, repeats a few times, and recovers: what most alerts of a day do. */
function episode(
  asset: DemoAsset,
  symptom: Symptom,
  tool: string,
  timing: { from: number; every: number; times: number; recovers: number },
): Step[] {
  const steps: Step[] = [];
  for (let nth = 0; nth < timing.times; nth++) {
    steps.push({ after: timing.from + nth * timing.every, alerts: [alert(asset, symptom, tool, "firing")] });
  }
  steps.push({ after: timing.recovers, alerts: [alert(asset, symptom, tool, "resolved")] });
  return steps;
}

/** A busy server, seen by one tool again and again, sometimes by the second one as well. */
export const busyServer: Scenario = (company, random) => {
  const asset = random.pick(withRole(company, "web", "app", "database"));
  const percent = random.integer(91, 99);
  const symptom: Symptom = random.pick([
    { signature: "high_cpu_usage", severity: "high", message: `CPU at ${percent} % for 5 minutes` },
    { signature: "high_memory_usage", severity: "medium", message: `Memory at ${percent} %` },
    { signature: "high_latency", severity: "medium", message: `p95 response ${random.integer(2, 9)} s` },
  ]);
  const recovers = random.between(200, 400);
  const every = random.between(25, 50);
  const first = episode(asset, symptom, company.tools[0], { from: 0, every, times: 4, recovers });
  if (random.next() < 0.6) return first;
  const second = { from: 15, every: every * 1.5, times: 2, recovers: recovers + 10 };
  return [...first, ...episode(asset, symptom, company.tools[1], second)];
};

/** Small things nobody gets up for. */
export const dailyNoise: Scenario = (company, random) => {
  const asset = random.pick(company.assets);
  const days = random.integer(5, 20);
  const symptom: Symptom = random.pick([
    { signature: "certificate_expiring", severity: "low", message: `Certificate expires in ${days} days` },
    { signature: "disk_usage_warning", severity: "medium", message: `Disk at ${random.integer(80, 88)} %` },
    { signature: "backup_slow", severity: "low", message: "Nightly backup took longer than usual" },
    { signature: "updates_pending", severity: "low", message: `${random.integer(3, 30)} updates wait` },
  ]);
  const recovers = random.between(120, 500);
  return episode(asset, symptom, company.tools[0], { from: 0, every: 60, times: 2, recovers });
};

/** A database runs full, and everything that stands on it follows; recovery runs the same way. */
export const databaseCascade: Scenario = (company, random) => {
  const [first, second] = company.tools;
  const database = random.pick(withRole(company, "database"));
  const apps = withRole(company, "app");
  const webs = withRole(company, "web");
  const full: Symptom = { signature: "disk_full", severity: "critical", message: "/var/lib is 100 % full" };
  const down: Symptom = {
    signature: "service_down",
    severity: "critical",
    message: "database refuses writes",
  };
  const errors: Symptom = {
    signature: "high_error_rate",
    severity: "high",
    message: "error rate above 20 %",
  };
  const slow: Symptom = { signature: "high_latency", severity: "high", message: "requests time out" };
  const end = random.between(240, 360);
  return [
    ...episode(database, full, first, { from: 0, every: 30, times: 5, recovers: end }),
    ...episode(database, down, second, { from: 8, every: 40, times: 3, recovers: end + 5 }),
    ...apps.flatMap((asset, index) =>
      episode(asset, errors, first, {
        from: 12 + index * 3,
        every: 35,
        times: 3,
        recovers: end + 15 + index,
      }),
    ),
    ...webs.flatMap((asset, index) =>
      episode(asset, slow, second, { from: 20 + index * 2, every: 45, times: 2, recovers: end + 25 + index }),
    ),
  ];
};

/** A switch dies: every host behind it goes silent within seconds. */
export const siteOutage: Scenario = (company, random) => {
  const uplink = random.pick(withRole(company, "switch", "firewall"));
  const behind = company.assets.filter((asset) => asset.site === uplink.site && asset !== uplink);
  const gone: Symptom = { signature: "host_down", severity: "critical", message: "no answer to ping" };
  const end = random.between(120, 240);
  return [
    ...episode(uplink, gone, company.tools[0], { from: 0, every: 30, times: 3, recovers: end }),
    ...behind.flatMap((asset) => {
      const from = random.between(3, 25);
      const recovers = end + random.between(2, 20);
      return episode(asset, { ...gone, severity: "high" }, company.tools[0], {
        from,
        every: 45,
        times: 2,
        recovers,
      });
    }),
  ];
};

/** A link that cannot make up its mind. */
export const flappingLink: Scenario = (company, random) => {
  const asset = random.pick(withRole(company, "switch", "firewall"));
  const symptom: Symptom = {
    signature: "interface_down",
    severity: "medium",
    message: "uplink port 24 down",
  };
  return Array.from({ length: 10 }, (_, nth) => ({
    after: nth * random.between(12, 18),
    alerts: [alert(asset, symptom, company.tools[0], nth % 2 === 0 ? "firing" : "resolved")],
  }));
};

/** A bad rollout: the same complaint from everywhere, many times over, in arrays as collectors send them. */
export const storm: Scenario = (company, random) => {
  const symptom: Symptom = { signature: "agent_unreachable", severity: "medium", message: "agent stopped" };
  const hit = random.some(company.assets, Math.ceil(company.assets.length * 0.8));
  const waves: Step[] = Array.from({ length: 12 }, (_, wave) => ({
    after: wave * 4,
    alerts: hit.map((asset) => alert(asset, symptom, company.tools[0], "firing")),
  }));
  const end = { after: 150, alerts: hit.map((asset) => alert(asset, symptom, company.tools[0], "resolved")) };
  return [...waves, end];
};
