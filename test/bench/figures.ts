import { COALESCING_MS, echoLine, type LiveFigures, latency, productLine } from "./live.ts";
import { judged, type Report } from "./report.ts";
import { type Measured, median, ratioOf, together } from "./rounds.ts";
import { rowsWritten } from "./rows.ts";
import type { Product, System } from "./systems.ts";
import { BATCH_KINDS, BATCH_SIZE, batches, singles } from "./throughput.ts";

const LIVE_ROUNDS = 3;
/** Of single posts: where a process happens to lie in memory moves its speed by a tenth. */
const LAUNCHES = 3;

interface Against {
  floor: Measured;
  floorName: string;
  least?: number;
}

/** A rate beside a floor's; `times` alerts in each request. */
function rate(
  report: Report,
  group: string,
  name: string,
  one: Measured,
  against: Against | null,
  times = 1,
): void {
  report.figures.push(
    judged({
      group,
      name,
      value: one.perSecond * times,
      unit: "alerts/s",
      ...(against
        ? {
            floor: { name: against.floorName, value: against.floor.perSecond * times },
            ratio: ratioOf(one, against.floor),
            ...(against.least === undefined ? {} : { goal: { least: against.least } }),
          }
        : {}),
    }),
  );
  report.detail[`${group}: ${name}`] = one;
}

/** `launch` runs its work on a product and floors that are started for it. */
export async function singleFigures(
  report: Report,
  launch: <T>(work: (product: Product, floors: System) => Promise<T>) => Promise<T>,
): Promise<void> {
  const launches: ((name: string) => Measured)[] = [];
  for (let i = 0; i < LAUNCHES; i++) launches.push(await launch(singles));
  const of = (name: string) => together(launches.map((measured) => measured(name)));
  const bare = { floor: of("bare"), floorName: "bare Worker" };
  const object = { floor: of("object"), floorName: "bare object call" };
  const insert = { floor: of("insert"), floorName: "object, one insert" };
  for (const kind of ["repeats", "distinct"]) {
    const name = `${kind === "repeats" ? "repeats of 50 alerts" : "new alerts, each its own incident"}, HMAC`;
    rate(report, "single", name, of(kind), { ...object, least: 0.75 });
    rate(report, "single", name, of(kind), { ...insert, least: 2.5 });
    rate(report, "single", name, of(kind), bare);
  }
}

export async function batchFigures(
  report: Report,
  product: Product,
  floors: System,
  alertmanager: System | null,
): Promise<void> {
  const of = await batches(product, floors, alertmanager);
  for (const { kind, text } of BATCH_KINDS) {
    const loop = { floor: of(`loop ${kind}`), floorName: "bare parse-and-insert loop", least: 0.5 };
    rate(report, "100 a body", text, of(kind), loop, BATCH_SIZE);
    if (!alertmanager) continue;
    const theirs = { floor: of(`alertmanager ${kind}`), floorName: "prometheus-alertmanager" };
    rate(report, "100 a body", text, of(kind), theirs, BATCH_SIZE);
  }
  if (!alertmanager) report.notes.push("prometheus-alertmanager is not installed: not compared.");
}

export async function liveFigures(report: Report, product: Product, floors: System): Promise<void> {
  for (const [text, underLoad] of [
    ["quiet", false],
    ["in a storm", true],
  ] as const) {
    const ours: LiveFigures[] = [];
    const echo: LiveFigures[] = [];
    for (let round = 0; round < LIVE_ROUNDS; round++) {
      echo.push(await latency(echoLine(floors, product), underLoad));
      ours.push(await latency(productLine(product), underLoad));
    }
    for (const q of ["p50", "p99"] as const) {
      const value = median(ours.map((one) => one[q]));
      const floor = median(echo.map((one) => one[q])) + COALESCING_MS;
      const goal = q === "p99" ? { goal: { most: 3 } } : {};
      const name = `object echo + ${COALESCING_MS} ms`;
      report.figures.push(
        judged({
          group: "POST to frame",
          name: `${text}, ${q}`,
          value,
          unit: "ms",
          floor: { name, value: floor },
          ratio: value / floor,
          ...goal,
        }),
      );
    }
    report.detail[`live, ${text}`] = { ours, echo };
  }
}

export async function rowFigures(report: Report): Promise<void> {
  const rows = await rowsWritten();
  const each = (n: number) => n / rows.posts;
  const push = (name: string, n: number, most?: number) =>
    report.figures.push(
      judged({
        group: "rows an alert",
        name,
        value: each(n),
        unit: "rows",
        ...(most === undefined ? {} : { goal: { most } }),
      }),
    );
  push("objects, storm of duplicates", rows.objects, 1.3);
  push("D1, storm of duplicates", rows.d1, 0.02);
  push("expiry apart (dropped later)", rows.expiry + rows.expiryToCome);
  report.notes.push(
    `Rows by table over ${rows.posts} posts: ${JSON.stringify(rows.byTable)}, D1 ${rows.d1}.`,
    `The 50 alerts of the storm, when they first came: ${rows.first.objects} rows in objects, ${rows.first.d1} in D1.`,
  );
  report.detail.rows = rows;
}
