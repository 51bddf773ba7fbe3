import { drive, type Load, mustBe } from "./load.ts";

export const CONNECTIONS = 64;
export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

/** One thing to load: `prepare` makes a round's requests before the clock starts. */
export interface Contender {
  name: string;
  port: number;
  prepare(round: number): Buffer[];
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

export interface Measured {
  name: string;
  /** Requests a second, the median of the rounds. */
  perSecond: number;
  rounds: number[];
  /** Milliseconds. */
  p50: number;
  p99: number;
  generatorCpu: number;
}

/** The median of the ratios round by round: rounds of one number ran next to each other. */
export function ratioOf(a: Measured, b: Measured): number {
  return median(a.rounds.map((value, i) => value / (b.rounds[i] ?? Number.NaN)));
}

async function round(one: Contender, number: number): Promise<Load> {
  return mustBe(await drive(one.port, one.prepare(number), CONNECTIONS), [200, 202], one.name);
}

/** Runs the contenders in turn, A B C A B C, so that a noisy minute hits all. Round 0 warms up. */
export async function compare(contenders: Contender[], pauseMs: number): Promise<(name: string) => Measured> {
  const loads = new Map<string, Load[]>(contenders.map(({ name }) => [name, []]));
  for (let number = 0; number <= ROUNDS; number++) {
    for (const one of contenders) {
      const load = await round(one, number);
      if (number > 0) loads.get(one.name)?.push(load);
      // What one left to do must not be on the next one's clock.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return (name) => summary(name, loads.get(name) ?? []);
}

function summary(name: string, loads: Load[]): Measured {
  const rounds = loads.map((load) => load.perSecond);
  return {
    name,
    perSecond: median(rounds),
    rounds,
    p50: median(loads.map((load) => quantile(load.latencies, 0.5))),
    p99: median(loads.map((load) => quantile(load.latencies, 0.99))),
    generatorCpu: Math.max(...loads.map((load) => load.generatorCpu)),
  };
}

/** The rounds of several launches as those of one. */
export function together(launches: Measured[]): Measured {
  const rounds = launches.flatMap((launch) => launch.rounds);
  return {
    name: launches[0]?.name ?? "",
    perSecond: median(rounds),
    rounds,
    p50: median(launches.map(({ p50 }) => p50)),
    p99: median(launches.map(({ p99 }) => p99)),
    generatorCpu: Math.max(...launches.map(({ generatorCpu }) => generatorCpu)),
  };
}
