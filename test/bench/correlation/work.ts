import { SmartModel } from "../../../core/smart/model.ts";
import type { SmartInput } from "../../../core/smart/port.ts";
import { Random } from "../../../dev/demo/random.ts";

export interface WorkPoint {
  /** Alerts taken before. */
  stored: number;
  /** Microseconds an alert, the median of ten parts. */
  each_us: number;
}

const PART = 2000;
const PARTS = 10;

/** 40,000 checks of 5,000 assets in random order, ten a second: more than is remembered. */
function inputs(): () => SmartInput {
  const random = new Random(99);
  let at = Date.UTC(2026, 0, 1);
  return () => {
    at += random.waiting(100);
    const n = random.integer(0, 4999);
    return {
      asset: `host-${n}`,
      signature: `check_${n % 8}`,
      check: `check_${random.integer(0, 7)}`,
      tool: "bench",
      group: null,
      severity: "medium",
      at: Math.floor(at),
      neighbours: [`host-${n - (n % 10)}`, `host-${(n * 7) % 5000}`],
    };
  };
}

/** Time per alert of one company's model after so many alerts. */
export function work(after: readonly number[]): WorkPoint[] {
  const model = new SmartModel();
  const next = inputs();
  let taken = 0;
  let incidents = 0;
  const one = () => {
    const input = next();
    const place = model.place(input, () => true);
    if (place.kind === "found") incidents += 1;
    else for (const { incident } of place.pull) model.merged(place.incident, incident);
    model.placed(input, place.kind === "found" ? incidents : place.incident);
    taken += 1;
  };
  // The first alerts pay for compilation, whatever is stored.
  for (let i = 0; i < 20_000; i++) one();
  const warm = taken;
  return after.map((stored) => {
    while (taken - warm < stored) one();
    const times: number[] = [];
    for (let part = 0; part < PARTS; part++) {
      const begun = performance.now();
      for (let i = 0; i < PART; i++) one();
      times.push(((performance.now() - begun) * 1000) / PART);
    }
    taken -= PART * PARTS;
    return { stored, each_us: times.sort((a, b) => a - b)[PARTS / 2] as number };
  });
}
