import { parseArgs } from "node:util";
import { runAlone } from "./alone.ts";
import { generated } from "./generator.ts";
import { bySimpleKey, SIMPLE_KEYS, type SimpleKey, type SimpleWindow } from "./keys.ts";
import { type OrderChange, shuffled } from "./order.ts";
import { type Rows, rowsOf } from "./rows.ts";
import { type Given, given, loaded } from "./sources.ts";
import type { Stream } from "./stream.ts";
import { heading, orderLine, scoreTable } from "./table.ts";

const STRATEGIES = ["smart", ...SIMPLE_KEYS] as const;

const HELP = `npm run bench:correlation -- [FILE.jsonl[.gz] ...] [--topology FILE] [--strategy NAME] [--json]

Scores grouping on labelled streams: the given files, the files in the folder AW_STREAMS (with NAME-topology.json
beside NAME.jsonl.gz), and always a stream of our own. Strategies: ${STRATEGIES.join(", ")}.
  --seed N     seed of our own stream (1)
  --window W   sliding or fixed, of the simple keys
  --brief      no score per tenant`;

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

function timed(stream: Stream, run: (stream: Stream) => number[]): { groups: number[]; rate: number } {
  const begun = performance.now();
  const groups = run(stream);
  return { groups, rate: Math.round((stream.alerts.length / (performance.now() - begun)) * 1000) };
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
  if (wanted.includes("smart")) {
    const made = line("smart", null, stream, (s) => runAlone(s).groups);
    const { groups } = runAlone(stream);
    made.order = [1, 2, 3].map((seed) => shuffled(stream, groups, seed));
    lines.push(made);
  }
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
  if (values.json) process.stdout.write(`${JSON.stringify({ streams: reports })}\n`);
}
