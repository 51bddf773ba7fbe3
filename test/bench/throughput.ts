import type { PrometheusSystem } from "./alertmanager.ts";
import { asPrometheus, bodies, distinctAlert, rawPost, signedPost, stormAlert } from "./requests.ts";
import { type Contender, compare, type Measured } from "./rounds.ts";
import type { Product, System } from "./systems.ts";

const SINGLES = 6000;
const BATCHES = 300;
export const BATCH_SIZE = 100;

/** Numbers of distinct alerts already used: no round may see another's. */
let used = 0;
function fresh(count: number): number {
  const from = used;
  used += count;
  return from;
}

const floor = (path: string, made: string[]): Buffer[] => made.map((body) => rawPost(path, body));

/** Single alerts with HMAC, each its own delivery, against the floors with the same bodies. */
export function singles(product: Product, floors: System): Promise<(name: string) => Measured> {
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

/** Bodies of 100 alerts: all repeats of known alerts, and all new ones. */
export function batches(
  product: Product,
  floors: System,
  alertmanager: PrometheusSystem | null,
): Promise<(name: string) => Measured> {
  const storm = () => bodies(stormAlert, BATCHES, BATCH_SIZE);
  const distinct = () => bodies(distinctAlert, BATCHES / 4, BATCH_SIZE, fresh((BATCHES / 4) * BATCH_SIZE));
  const sign = (made: string[]) => made.map((body) => signedPost(product.company, body));
  const contenders: Contender[] = [
    { name: "loop", port: floors.port, prepare: () => floor("/insert-all", storm()) },
    { name: "repeats", port: product.port, prepare: () => sign(storm()) },
    { name: "distinct", port: product.port, prepare: () => sign(distinct()) },
  ];
  if (alertmanager) {
    const equal = (make: typeof stormAlert, count: number, from: number) =>
      bodies((n) => asPrometheus(make(n)), count, BATCH_SIZE, from).map((body) =>
        rawPost("/api/v2/alerts", body),
      );
    const { port } = alertmanager;
    contenders.push(
      { name: "alertmanager repeats", port, prepare: () => equal(stormAlert, BATCHES, 0) },
      {
        name: "alertmanager distinct",
        port,
        prepare: () => equal(distinctAlert, BATCHES / 4, fresh((BATCHES / 4) * BATCH_SIZE)),
      },
    );
  }
  return compare(contenders, 1500);
}
