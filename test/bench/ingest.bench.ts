import { parseArgs } from "node:util";
import { startAlertmanager } from "./alertmanager.ts";
import { generatorCeiling } from "./ceiling.ts";
import { batchFigures, liveFigures, rowFigures, singleFigures } from "./figures.ts";
import { previewFigures } from "./preview.ts";
import { machine, type Report, table } from "./report.ts";
import { type Product, removeScratch, type System, startFloors, startProduct } from "./systems.ts";

/** The way of an alert against what the same platform does at its least, all in one run. */
const { values } = parseArgs({ options: { json: { type: "boolean" }, only: { type: "string" } } });
// Machines read the standard output: one object and nothing else.
if (values.json) console.log = console.error;
const wanted = (part: string): boolean => !values.only || values.only.split(",").includes(part);
const say = (text: string): void => console.error(`... ${text}`);

const report: Report = { machine: machine(), figures: [], notes: [], detail: {} };
const stops: (() => Promise<void>)[] = [];

/** A product and floors of their own, for as long as the work takes. */
async function launch<T>(work: (product: Product, floors: System) => Promise<T>): Promise<T> {
  const product = await startProduct(false);
  stops.push(product.stop);
  const floors = await startFloors();
  stops.push(floors.stop);
  const result = await work(product, floors);
  for (const stop of stops.splice(0)) await stop();
  return result;
}

async function others(product: Product, floors: System): Promise<void> {
  if (wanted("batch")) {
    say("bodies of 100 alerts");
    const alertmanager = await startAlertmanager();
    if (alertmanager) stops.push(alertmanager.stop);
    await batchFigures(report, product, floors, alertmanager);
  }
  if (wanted("live")) {
    say("from POST to frame");
    await liveFigures(report, product, floors);
  }
  if (wanted("preview")) {
    say("what-ifs");
    await previewFigures(report, product);
  }
}

try {
  const ceiling = await generatorCeiling();
  report.detail.generator_requests_per_second = Math.round(ceiling);
  report.notes.push(`The load generator alone makes ${Math.round(ceiling).toLocaleString("en")} requests/s.`);
  if (wanted("single")) {
    say("single alerts");
    await singleFigures(report, launch);
  }
  if (["batch", "live", "preview"].some(wanted)) await launch(others);
  if (wanted("rows")) {
    say("rows written");
    await rowFigures(report);
  }
} finally {
  for (const stop of stops) await stop();
  removeScratch();
}
process.stdout.write(`${values.json ? JSON.stringify(report) : table(report)}\n`);
