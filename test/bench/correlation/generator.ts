import { Random } from "../../../dev/demo/random.ts";
import { type Labelled, type Link, neighboursBy, type Stream } from "./stream.ts";
import { cascade, filling, flapping, probe, type Sent, storm, type Trouble } from "./troubles.ts";
import { company, type Machine } from "./world.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 5);

interface Plan {
  tenant: string;
  /** Sites; about 22 machines each. */
  size: number;
  hours: number;
  /** Troubles a day. */
  troubles: number;
  /** Background alerts a day and machine. */
  noise: number;
}

const PLANS: Plan[] = [
  { tenant: "quiet-dental", size: 1, hours: 60, troubles: 6, noise: 6 },
  { tenant: "busy-shop", size: 2, hours: 36, troubles: 22, noise: 25 },
  { tenant: "noisy-works", size: 2, hours: 36, troubles: 12, noise: 60 },
];

const KINDS: [Trouble, number][] = [
  [cascade, 8],
  [storm, 2],
  [flapping, 3],
  [probe, 3],
  [filling, 3],
];

function kind(random: Random): Trouble {
  let left = random.between(
    0,
    KINDS.reduce((sum, [, weight]) => sum + weight, 0),
  );
  for (const [trouble, weight] of KINDS) {
    left -= weight;
    if (left < 0) return trouble;
  }
  return cascade;
}

const CHATTER = [
  "Login success",
  "Config saved",
  "Certificate check",
  "CPU spike",
  "TLS handshake odd",
  "Job ended",
];

/** What comes anyway: chatter at random, checks with a rhythm, echoes of each other, a nightly job everywhere. */
function background(plan: Plan, world: Machine[], random: Random): Sent[] {
  const made: Sent[] = [];
  const ends = START + plan.hours * HOUR;
  const one = (at: number, asset: string, signature: string) =>
    made.push({
      at,
      asset,
      signature,
      severity: random.pick(["low", "low", "medium"] as const),
      tool: "syslog",
    });
  for (const machine of world) {
    for (const signature of random.some(CHATTER, 2)) {
      // Most machines say little, a few very much.
      const mean = (24 * HOUR) / (plan.noise * random.pick([0.1, 0.3, 0.3, 1, 4]));
      for (let at = START + random.waiting(mean); at < ends; at += random.waiting(mean)) {
        one(at, machine.name, signature);
        if (signature === "TLS handshake odd")
          one(at + random.between(0, 2) * SECOND, machine.name, "IDS event");
      }
    }
    if (random.next() < 0.15) {
      const every = random.pick([10, 30, 60]) * MINUTE;
      for (let at = START + random.between(0, every); at < ends; at += every)
        one(at, machine.name, "Snapshot slow");
    }
  }
  for (let night = START + 2 * HOUR; night < ends; night += 24 * HOUR)
    for (const machine of world)
      if (random.next() < 0.7) one(night + random.between(0, 10) * MINUTE, machine.name, "Backup slow");
  return made;
}

/** The alert as it arrives: some way late, one in fifty by minutes, from a source whose clock may be wrong. */
function arrive(
  sent: Sent,
  plan: Plan,
  incident: string | null,
  skew: Map<string, number>,
  random: Random,
): Labelled {
  const delay = random.next() < 0.02 ? random.between(0.5, 3) * MINUTE : random.waiting(2 * SECOND);
  return {
    t: Math.round(sent.at + delay),
    asset: sent.asset,
    signature: sent.signature,
    severity: sent.severity,
    message: `${sent.signature} on ${sent.asset}`,
    tool: sent.tool,
    incident,
    tenant: plan.tenant,
    group: sent.group ?? null,
    event_time: Math.round(sent.at + (skew.get(sent.asset) ?? 0)),
  };
}

/**
 * A labelled stream of our own making, the same for the same seed: three companies with their dependency
 * graphs, background, and troubles that may overlap or follow each other within a minute.
 */
export function generated(seed = 1): Stream {
  const alerts: Labelled[] = [];
  const links: Link[] = [];
  for (const [index, plan] of PLANS.entries()) {
    const random = new Random(seed * 1000 + index);
    const world = company(plan.tenant, plan.size);
    for (const { name, dependsOn } of world) for (const on of dependsOn) links.push({ from: name, on });
    const skew = new Map<string, number>();
    for (const machine of random.some(world, Math.round(world.length / 8)))
      skew.set(machine.name, random.between(-4, 4) * MINUTE);
    for (const sent of background(plan, world, random)) alerts.push(arrive(sent, plan, null, skew, random));
    const mean = (24 * HOUR) / plan.troubles;
    const ends = START + plan.hours * HOUR;
    let number = 0;
    for (let at = START + HOUR; at < ends - HOUR; number++) {
      const incident = `${plan.tenant}:${number}`;
      for (const sent of kind(random)(world, at, random))
        alerts.push(arrive(sent, plan, incident, skew, random));
      // One in six is followed at once, or overlapped, by another.
      at += random.next() < 1 / 6 ? random.between(1, 12) * MINUTE : random.waiting(mean);
    }
  }
  alerts.sort((a, b) => a.t - b.t);
  return { name: `own (seed ${seed})`, alerts, links, neighbours: neighboursBy(links) };
}
