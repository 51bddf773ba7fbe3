import type { Severity } from "../../../core/severity.ts";
import type { Random } from "../../../dev/demo/random.ts";
import type { Machine } from "./world.ts";

/** One alert as a tool sends it; `at`: epoch ms at the source. */
export interface Sent {
  at: number;
  asset: string;
  signature: string;
  severity: Severity;
  tool: string;
  group?: string;
}

export type Trouble = (world: Machine[], begins: number, random: Random) => Sent[];

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const SYMPTOMS: Record<Machine["role"], string[]> = {
  firewall: ["VPN tunnel down", "Packet loss high", "CPU high"],
  switch: ["Port flapping", "Packet loss high", "Uplink down"],
  host: ["Host unreachable", "Memory pressure", "Disk latency high"],
  database: ["Replication lag", "Slow queries", "Connections exhausted", "Disk latency high"],
  cache: ["Evictions high", "Memory pressure", "Command latency high"],
  app: ["HTTP 5xx rate high", "Queue backlog", "Thread pool exhausted", "Response time high"],
  web: ["HTTP 5xx rate high", "Response time high", "Health check failed"],
  share: ["Share unavailable", "Disk latency high"],
  desk: ["Share unavailable", "Login slow"],
};

const severity = (random: Random): Severity => random.pick(["medium", "high", "high", "critical"] as const);

/** A check that fails at `first` and is sent again every `every` until `until`, not quite to the second. */
function repeated(
  of: Omit<Sent, "at" | "severity">,
  first: number,
  until: number,
  every: number,
  random: Random,
): Sent[] {
  const made: Sent[] = [];
  const grade = severity(random);
  for (let at = first; at <= until; at += every * random.between(0.9, 1.1))
    made.push({ ...of, at, severity: grade });
  return made;
}

function dependents(world: Machine[], of: string): Machine[] {
  return world.filter((m) => m.dependsOn.includes(of));
}

/** A machine fails, and what depends on it follows, up to three steps away, each step later and less surely. */
export const cascade: Trouble = (world, begins, random) => {
  const root = random.pick(
    world.filter((m) => m.role === "database" || m.role === "host" || m.role === "cache"),
  );
  const ends = begins + random.between(5, 20) * MINUTE;
  const group = random.next() < 0.3 ? `problem-${root.name}-${Math.round(begins / SECOND)}` : undefined;
  const hit = new Set<string>();
  const made: Sent[] = [];
  const fail = (machine: Machine, at: number, step: number): void => {
    if (hit.has(machine.name) || step > 3) return;
    hit.add(machine.name);
    for (const signature of random.some(SYMPTOMS[machine.role], random.integer(1, 3)))
      made.push(
        ...repeated(
          { asset: machine.name, signature, tool: "prometheus", group },
          at + random.between(0, 20) * SECOND,
          ends,
          random.pick([1, 2, 5]) * MINUTE,
          random,
        ),
      );
    for (const next of dependents(world, machine.name))
      if (random.next() < 0.85) fail(next, at + random.between(3, 60) * SECOND, step + 1);
  };
  fail(root, begins, 0);
  return made;
};

/** The network of a site fails: everything behind it is unreachable within half a minute. */
export const storm: Trouble = (world, begins, random) => {
  const root = random.pick(world.filter((m) => m.role === "switch"));
  const ends = begins + random.between(4, 12) * MINUTE;
  const made = repeated(
    { asset: root.name, signature: "Uplink down", tool: "snmp" },
    begins,
    ends,
    MINUTE,
    random,
  );
  const behind = new Set([root.name]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const m of world)
      if (!behind.has(m.name) && m.dependsOn.some((d) => behind.has(d))) {
        behind.add(m.name);
        grown = true;
      }
  }
  for (const asset of behind)
    for (const signature of ["Host unreachable", ...(random.next() < 0.4 ? ["Agent not reporting"] : [])])
      made.push(
        ...repeated(
          { asset, signature, tool: "prometheus" },
          begins + random.between(1, 30) * SECOND,
          ends,
          2 * MINUTE,
          random,
        ),
      );
  return made;
};

/** One check of one machine goes bad and well, again and again. */
export const flapping: Trouble = (world, begins, random) => {
  const machine = random.pick(world);
  const of = { asset: machine.name, signature: random.pick(SYMPTOMS[machine.role]), tool: "prometheus" };
  return repeated(
    of,
    begins,
    begins + random.between(10, 40) * MINUTE,
    random.between(40, 110) * SECOND,
    random,
  );
};

/** Somebody looks for open doors: a few checks on many machines within a minute, then one machine in depth. */
export const probe: Trouble = (world, begins, random) => {
  const made: Sent[] = [];
  const seen = random.some(world, random.integer(4, 9));
  for (const machine of seen)
    for (const signature of random.some(
      ["Port scan", "SSH scan", "Unusual TLS handshake", "Web 400 errors"],
      2,
    ))
      made.push({
        at: begins + random.between(0, 25) * SECOND,
        asset: machine.name,
        signature,
        severity: "low",
        tool: "ids",
      });
  const target = (seen[0] as Machine).name;
  const ends = begins + random.between(2, 15) * MINUTE;
  for (const signature of ["Web 400 errors", "Suspicious URL", "Web attack", "New request method"])
    made.push(
      ...repeated(
        { asset: target, signature, tool: "ids" },
        begins + random.between(20, 40) * SECOND,
        ends,
        MINUTE,
        random,
      ),
    );
  return made;
};

/** A disk fills: a handful of alerts of one machine over an hour. */
export const filling: Trouble = (world, begins, random) => {
  const machine = random.pick(world.filter((m) => m.role === "database" || m.role === "share"));
  const made: Sent[] = [];
  let at = begins;
  for (const [grade, signature] of [
    ["medium", "Disk space low"],
    ["high", "Disk space low"],
    ["critical", "Disk full"],
    ["critical", "Write errors"],
  ] as const) {
    made.push({ at, asset: machine.name, signature, severity: grade, tool: "prometheus" });
    at += random.between(0.5, 6) * MINUTE;
  }
  return made;
};
