import type { NormalizedAlert } from "../../core/alert.ts";
import { AssetBook } from "../../core/asset-book.ts";
import type { EngineContext } from "../../core/engine/context.ts";
import { takeIn } from "../../core/engine/intake.ts";
import { MemoryStore } from "../../core/engine/memory-store.ts";
import { newChanges } from "../../core/engine/state.ts";
import type { Job } from "../../core/job.ts";
import { compare } from "../../core/replay/compare.ts";
import { Replay } from "../../core/replay/replay.ts";
import { DEFAULT_CORRELATION } from "../../core/settings.ts";
import { drive, type Load, mustBe } from "./load.ts";
import { judged, type Report } from "./report.ts";
import { bodies, distinctAlert, signedPost, stormAlert } from "./requests.ts";
import { median } from "./rounds.ts";
import type { Product } from "./systems.ts";

const ALERTS = 100_000;
const DAYS = 30;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const START = Date.UTC(2026, 0, 1);
const COMPANY = "co_aaaaaaaaaaaaaaaa";
const PAGE = 1000;
const ROUNDS = 3;
const SIGNATURES = ["high_cpu_usage", "disk_full", "service_down", "high_memory_usage", "host_unreachable"];

interface Event {
  at: number;
  alert: NormalizedAlert;
}

/** 100,000 alerts of 30 days on 500 hosts: each fires, a third fires again, all recover within the hour. */
function events(): Event[] {
  const all: Event[] = [];
  for (let i = 0; i < ALERTS; i++) {
    const at = START + Math.floor((i * DAYS * DAY) / ALERTS);
    const alert: NormalizedAlert = {
      status: "firing",
      asset_name: `host-${(i * 7) % 500}`,
      asset_id: null,
      signature: SIGNATURES[i % SIGNATURES.length] ?? "",
      severity: "medium",
      category: null,
      message: `Check ${i} failed at ${i % 97} %`,
      tool_source: "bench",
      caller_key: `k${i}`,
      identity: null,
      variant: null,
      event_time: null,
      tags: [["site", `s${i % 5}`]],
      links: [],
      flags: [],
      heartbeat: false,
    };
    all.push({ at, alert });
    if (i % 3 === 0) all.push({ at: at + 5 * MINUTE, alert });
    all.push({ at: at + 20 * MINUTE, alert: { ...alert, status: "resolved" } });
  }
  return all.sort((a, b) => a.at - b.at);
}

/** A bare pass of the engine over the same arrivals. */
function bare(all: Event[]): { ms: number; store: MemoryStore; assets: AssetBook } {
  const store = new MemoryStore();
  const assets = new AssetBook();
  const ctx: EngineContext = {
    company_id: COMPANY,
    settings: DEFAULT_CORRELATION,
    assets,
    critical: new Set(),
    store,
    changes: newChanges(),
  };
  const began = performance.now();
  let n = 0;
  for (const { at, alert } of all) {
    takeIn(ctx, alert, null, at);
    n += 1;
    if (n % 256 === 0) ctx.changes = newChanges();
  }
  return { ms: performance.now() - began, store, assets };
}

/** The whole of a what-if but the object's reading: pages of text in, a comparison out. */
function preview(pages: string[], assets: AssetBook): number {
  const began = performance.now();
  const replay = new Replay({
    company_id: COMPANY,
    settings: { ...DEFAULT_CORRELATION, strategy: "signature" },
    assets: assets.all(),
    critical: new Set(),
    acts: [],
  });
  for (const page of pages) for (const row of JSON.parse(page)) replay.add(row);
  replay.finish();
  const found = compare({ company_id: COMPANY, from: START, to: START + 31 * DAY, replay, known: new Map() });
  if (found.alerts !== ALERTS) throw new Error(`the what-if saw ${found.alerts} alerts`);
  return performance.now() - began;
}

function againstBare(report: Report): void {
  const all = events();
  const { store, assets } = bare(all);
  const rows = [...store.alerts.values()];
  const pages: string[] = [];
  for (let i = 0; i < rows.length; i += PAGE) pages.push(JSON.stringify(rows.slice(i, i + PAGE)));
  const [passes, previews]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    passes?.push(bare(all).ms);
    previews?.push(preview(pages, assets));
  }
  const [floor, value] = [median(passes ?? []), median(previews ?? [])];
  report.figures.push(
    judged({
      group: "what-if",
      name: `${ALERTS.toLocaleString("en")} alerts of ${DAYS} days, read, replayed, compared`,
      value,
      unit: "ms",
      floor: { name: "bare pass of core", value: floor },
      ratio: value / floor,
      goal: { most: 2 },
    }),
  );
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Repeats posted with and without a what-if of the same company under way. */
async function besideIntake(report: Report, product: Product): Promise<void> {
  const seed = bodies(distinctAlert, ALERTS / PAGE, PAGE, 10_000_000).map((body) =>
    signedPost(product.company, body),
  );
  mustBe(await drive(product.port, seed, 8), [202], "seed");
  const load = (): Promise<Load> =>
    drive(
      product.port,
      bodies(stormAlert, 6000, "single").map((body) => signedPost(product.company, body)),
      64,
    );
  const company_id = product.company.id;
  const settings = { ...DEFAULT_CORRELATION, strategy: "signature" };
  const begin = () =>
    product.api.json<Job>("POST", "/api/correlation/preview", {
      company_id,
      settings,
      from: new Date(Date.now() - DAY).toISOString(),
      to: new Date(Date.now() + DAY).toISOString(),
    });
  const jobOf = (id: string) => product.api.json<Job>("GET", `/api/jobs/${id}`);
  await load();
  const [quiet, beside, took]: number[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    quiet?.push((await load()).perSecond);
    await wait(1000);
    const job = await begin();
    const began = performance.now();
    let over = false;
    const done = (async () => {
      for (;;) {
        const { status, error } = await jobOf(job.id);
        if (status === "done") break;
        if (status === "failed") throw new Error(error ?? "the what-if failed");
        await wait(100);
      }
      over = true;
      took?.push(performance.now() - began);
    })();
    const rates: number[] = [];
    while (!over) rates.push(mustBe(await load(), [200, 202], "beside a what-if").perSecond);
    await done;
    beside?.push(median(rates));
    await wait(1000);
  }
  const [value, floor] = [median(beside ?? []), median(quiet ?? [])];
  report.figures.push(
    judged({
      group: "what-if",
      name: "the company's ingest while one runs",
      value,
      unit: "alerts/s",
      floor: { name: "without", value: floor },
      ratio: value / floor,
      goal: { least: 0.9 },
    }),
    { group: "what-if", name: "under that load, from asking to done", value: median(took ?? []), unit: "ms" },
  );
}

export async function previewFigures(report: Report, product: Product): Promise<void> {
  againstBare(report);
  await besideIntake(report, product);
}
