import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runAlone } from "./alone.ts";
import { chart } from "./chart.ts";
import { generated } from "./generator.ts";
import { bySimpleKey, SIMPLE_KEYS, type SimpleKey, type SimpleWindow } from "./keys.ts";
import { type OrderChange, shuffled } from "./order.ts";
import { type Rows, rowsOf } from "./rows.ts";
import { type Given, given, loaded } from "./sources.ts";
import type { Stream } from "./stream.ts";
import { heading, orderLine, scoreTable, trialTable } from "./table.ts";
import { ABLATIONS, leaveOneOut, SENSITIVITY, tried } from "./trials.ts";
import { viaEngine } from "./via-engine.ts";
import { work } from "./work.ts";

const STRATEGIES = ["smart", "smart-alone", ...SIMPLE_KEYS] as const;

const HELP = `npm run bench:correlation -- [FILE.jsonl[.gz] ...] [--topology FILE] [--strategy NAME] [--json]

Scores grouping on labelled streams: the given files, the files in the folder AW_STREAMS (with NAME-topology.json
beside NAME.jsonl.gz), and always a stream of our own. Strategies: ${STRATEGIES.join(", ")}.
"smart" runs through the engine, as in the product; "smart-alone" is the strategy by itself.
  --seed N     seed of our own stream (1)
  --window W   sliding or fixed, of the simple keys
  --brief      no score per tenant
  --trials     what each kind of evidence adds, each parameter turned down and up, each tenant left out; work
  --chart F    writes the scores as an SVG`;

interface Line {
  strategy: string;
  window: string | null;
  rows: Rows;
  order?: OrderChange[];
  alerts_per_second: number;
}

export interface StreamReport {
  stream: string;
  alerts: number;
  lines: Line[];
}

/** Groups, and alerts a second of one core's own time, so that what else runs does not count. */
function timed(stream: Stream, run: (stream: Stream) => number[]): { groups: number[]; rate: number } {
  // The first run pays for compilation.
  run(stream);
  const begun = process.cpuUsage();
  const groups = run(stream);
  const { user, system } = process.cpuUsage(begun);
  return { groups, rate: Math.round((stream.alerts.length / Math.max(1, user + system)) * 1e6) };
}

function line(strategy: string, window: string | null, stream: Stream, run: (s: Stream) => number[]): Line {
  const { groups, rate } = timed(stream, run);
  return { strategy, window, rows: rowsOf(stream, groups), alerts_per_second: rate };
}

/** All wanted strategies on one stream; simple keys as the baseline, sliding and fixed. */
export function measure(stream: Stream, wanted: readonly string[], windows: SimpleWindow[]): StreamReport {
  const lines: Line[] = [];
  for (const key of SIMPLE_KEYS)
    if (wanted.includes(key))
      for (const window of windows)
        lines.push(line(key, window, stream, (s) => bySimpleKey(s.alerts, key as SimpleKey, window)));
  if (wanted.includes("smart-alone")) {
    const made = line("smart-alone", null, stream, (s) => runAlone(s).groups);
    const { groups } = runAlone(stream);
    made.order = [1, 2, 3].map((seed) => shuffled(stream, groups, seed));
    lines.push(made);
  }
  if (wanted.includes("smart")) lines.push(line("smart", null, stream, viaEngine));
  return { stream: stream.name, alerts: stream.alerts.length, lines };
}

function options() {
  return parseArgs({
    allowPositionals: true,
    options: {
      topology: { type: "string" },
      strategy: { type: "string", multiple: true },
      seed: { type: "string", default: "1" },
      window: { type: "string" },
      json: { type: "boolean", default: false },
      brief: { type: "boolean", default: false },
      trials: { type: "boolean", default: false },
      chart: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
}

export async function main(): Promise<void> {
  const { values, positionals } = options();
  if (values.help) {
    console.log(HELP);
    return;
  }
  const wanted = values.strategy ?? [...STRATEGIES];
  const unknown = wanted.filter((name) => !(STRATEGIES as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new Error(`No strategy ${unknown.join(", ")}; there are ${STRATEGIES.join(", ")}.`);
  const windows: SimpleWindow[] =
    values.window === "sliding" || values.window === "fixed" ? [values.window] : ["sliding", "fixed"];
  const sources: Given[] = given(positionals, values.topology ?? null, process.env.AW_STREAMS ?? null);
  const streams = [...sources.map(loaded), generated(Number(values.seed))];
  const reports: StreamReport[] = [];
  for (const stream of streams) {
    const report = measure(stream, wanted, windows);
    reports.push(report);
    if (values.json) continue;
    console.log(heading(report));
    console.log(scoreTable(report, values.brief));
    for (const made of report.lines) if (made.order) console.log(orderLine(made.order));
  }
  if (values.chart) writeFileSync(values.chart, chart(reports));
  const more = values.trials ? trials(streams, values.json) : {};
  if (values.json) process.stdout.write(`${JSON.stringify({ streams: reports, ...more })}\n`);
}

/** The studies behind docs/correlation.md. */
function trials(streams: Stream[], quiet: boolean) {
  const ablations = streams.map((s) => ({ stream: s.name, trials: tried(s, ABLATIONS) }));
  const turned = new Map(streams.map((s) => [s.name, tried(s, SENSITIVITY)]));
  const left_out = leaveOneOut(streams, turned);
  const points = work([1000, 1_000_000]);
  if (!quiet) {
    for (const { stream, trials: made } of ablations) console.log(trialTable(`${stream}: without ...`, made));
    for (const [stream, made] of turned) console.log(trialTable(`${stream}: one parameter turned`, made));
    for (const one of left_out)
      console.log(
        `${one.tenant} left out: ours ${one.ours.toFixed(3)}, the others' choice ${one.theirs.toFixed(3)} ` +
          `(${one.chosen.map((c) => `${c.parameter} x ${c.factor}`).join(", ") || "the same"})`,
      );
    for (const { stored, each_us } of points)
      console.log(`after ${stored.toLocaleString("en")} alerts: ${each_us.toFixed(1)} microseconds an alert`);
  }
  return {
    ablations,
    sensitivity: [...turned].map(([stream, made]) => ({ stream, trials: made })),
    left_out,
    work: points,
  };
}
