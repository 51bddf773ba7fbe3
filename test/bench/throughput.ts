import {
  asPrometheus,
  type BenchAlert,
  bodies,
  distinctAlert,
  joiningAlert,
  rawPost,
  signedPost,
  stormAlert,
} from "./requests.ts";
import { type Contender, compare, type Measured } from "./rounds.ts";
import type { Product, System } from "./systems.ts";

const SINGLES = 6000;
export const BATCH_SIZE = 100;

/** Numbers of distinct alerts already used: no round may see another's. */
let used = 0;
function fresh(count: number): number {
  const from = used;
  used += count;
  return from;
}

/** The product's own requests, but for the path. */
const floorPosts =
  ({ company }: Product) =>
  (path: string, made: string[]): Buffer[] =>
    made.map((body) => signedPost(company, body, path));

/** Single alerts with HMAC, each its own delivery, against the floors with the same bodies. */
export function singles(product: Product, floors: System): Promise<(name: string) => Measured> {
  const floor = floorPosts(product);
  const storm = () => bodies(stormAlert, SINGLES, "single");
  const contenders: Contender[] = [
    { name: "bare", port: floors.port, prepare: () => floor("/bare", storm()) },
    { name: "object", port: floors.port, prepare: () => floor("/object", storm()) },
    {
      name: "repeats",
      port: product.port,
      prepare: () => storm().map((body) => signedPost(product.company, body)),
    },
    { name: "insert", port: floors.port, prepare: () => floor("/insert", storm().slice(0, SINGLES / 3)) },
    {
      name: "distinct",
      port: product.port,
      prepare: () =>
        bodies(distinctAlert, SINGLES / 3, "single", fresh(SINGLES / 3)).map((body) =>
          signedPost(product.company, body),
        ),
    },
  ];
  return compare(contenders, 1500);
}

/** The kinds of bodies of 100 alerts, and how many of them a round has. */
export const BATCH_KINDS = [
  { kind: "repeats", text: "repeats of 50 alerts", make: stormAlert, count: 300 },
  { kind: "joining", text: "new alerts of 50 incidents", make: joiningAlert, count: 75 },
  { kind: "distinct", text: "new alerts, each its own incident", make: distinctAlert, count: 75 },
];

/** Bodies of 100 alerts, against the floor and Alertmanager over the same alerts. */
export function batches(
  product: Product,
  floors: System,
  alertmanager: System | null,
): Promise<(name: string) => Measured> {
  const floor = floorPosts(product);
  const contenders = BATCH_KINDS.flatMap(({ kind, make, count }): Contender[] => {
    // Every round and contender has numbers of its own, which repeats are free to repeat.
    const made = (as: (alert: BenchAlert) => unknown = (alert) => alert) =>
      bodies((n) => as(make(n)), count, BATCH_SIZE, fresh(count * BATCH_SIZE));
    const all: Contender[] = [
      { name: `loop ${kind}`, port: floors.port, prepare: () => floor("/insert-all", made()) },
      {
        name: kind,
        port: product.port,
        prepare: () => made().map((body) => signedPost(product.company, body)),
      },
    ];
    if (alertmanager)
      all.push({
        name: `alertmanager ${kind}`,
        port: alertmanager.port,
        prepare: () => made(asPrometheus).map((body) => rawPost("/api/v2/alerts", body)),
      });
    return all;
  });
  return compare(contenders, 1500);
}
