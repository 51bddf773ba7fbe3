import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { ensureFirstCompany } from "../../dev/lib/first-run.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import { startRuntime } from "../../dev/lib/runtime.ts";
import { loadFirstRun } from "../../dev/lib/secrets-file.ts";
import { workerBundle } from "../../dev/lib/worker-bundle.ts";
import { GROUP, type Kind } from "./filled-world.ts";
import { judged, machine, type Report, table } from "./report.ts";
import { median } from "./rounds.ts";

/**
 * The work of an alert in a company's object that holds a million, against one that holds a thousand, in turns on
 * one runtime. `--alerts=N` fills less.
 */
const { values } = parseArgs({ options: { json: { type: "boolean" }, alerts: { type: "string" } } });
if (values.json) console.log = console.error;
const FEW = 1000;
const MANY = Number(values.alerts ?? 1_000_000);
const CHUNK = 10_000;
/** After the last alert of a history all of it recovers and resolves within so many more. */
const TAIL = 1000;
/** At most as many as the smaller history has problems. */
const PER_ROUND = GROUP * 15;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const LEAP_MS = 130 * 60_000;
const KINDS: [Kind, string][] = [
  ["repeats", "repeats of 50 alerts"],
  ["again", "problems of long ago, as new alerts"],
  ["recoveries", "their recoveries"],
  ["new", "problems never seen before"],
];

const say = (text: string): void => console.error(`... ${text}`);
const dataDir = mkdtempSync(join(tmpdir(), "alert-whisperer-bench-work-"));
const outfile = inRoot("build", "bench", "filled.js");
mkdirSync(dirname(outfile), { recursive: true });
await esbuild.build({
  ...workerBundle("production"),
  entryPoints: [inRoot("test", "bench", "worker", "filled.ts")],
  outfile,
});
const file = loadFirstRun(dataDir);
const port = await freeLoopbackPort();
const runtime = await startRuntime({
  host: "127.0.0.1",
  port,
  dataDir,
  secrets: file.secrets,
  bundle: outfile,
});
const origin = `http://127.0.0.1:${port}`;

async function bench<T>(
  what: string,
  company: string,
  more: Record<string, string | number> = {},
): Promise<T> {
  const query = new URLSearchParams({ company });
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  const answer = await fetch(`${origin}/bench/${what}?${query}`);
  if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

interface Filled {
  id: string;
  alerts: number;
}

async function filled(api: ApiClient, alerts: number): Promise<Filled> {
  const { id } = await api.createCompany(`${alerts} alerts`);
  await api.liftRateLimit(id);
  await api.neverStorm(id);
  for (let from = 0; from < alerts + TAIL; from += CHUNK) {
    await bench("fill", id, { from, to: Math.min(from + CHUNK, alerts + TAIL), of: alerts });
    if (from % (CHUNK * 10) === 0) say(`${from.toLocaleString("en")} of ${alerts.toLocaleString("en")}`);
  }
  return { id, alerts };
}

/** Milliseconds of one round in one object. */
async function timed(company: Filled, kind: Kind, seen: Map<string, number>): Promise<number> {
  await bench("prepare", company.id, { kind, alerts: PER_ROUND, of: company.alerts });
  const began = performance.now();
  const outcomes = await bench<Record<string, number>>("take", company.id);
  const ms = performance.now() - began;
  for (const [outcome, n] of Object.entries(outcomes)) {
    const name = `${company.alerts} ${kind} ${outcome}`;
    seen.set(name, (seen.get(name) ?? 0) + n);
  }
  await bench("settle", company.id);
  return ms;
}

const report: Report = { machine: machine(), figures: [], notes: [], detail: {} };
try {
  await ensureFirstCompany(origin, dataDir, file);
  const api = new ApiClient(origin);
  await api.json("POST", "/api/auth/login", file.sign_in);
  const companies = [await filled(api, FEW), await filled(api, MANY)];
  for (const { id, alerts } of companies) report.detail[`object of ${alerts}`] = await bench("counts", id);
  const leap = () => bench("leap", companies[0]?.id ?? "", { ms: LEAP_MS });

  for (const strategy of ["asset|signature", "smart"]) {
    const seen = new Map<string, number>();
    const rounds = new Map<string, number[]>();
    for (const { id } of companies) {
      const path = `/api/companies/${id}/correlation`;
      const settings = await api.json<Record<string, unknown>>("GET", path);
      await api.json("PUT", path, { ...settings, strategy });
    }
    // Round 0 warms up; then the objects take turns at going first.
    for (let round = 0; round <= ROUNDS; round++) {
      say(`${strategy}, round ${round}`);
      if (round === 1) seen.clear();
      const turn = round % 2 === 0 ? companies : [...companies].reverse();
      for (const [kind] of KINDS) {
        for (const company of turn) {
          const ms = await timed(company, kind, seen);
          const name = `${kind} ${company.alerts}`;
          if (round > 0) rounds.set(name, [...(rounds.get(name) ?? []), ms]);
          if (kind === "new") {
            await bench("prepare", company.id, { kind: "recoveries", alerts: 0, of: 0 });
            await bench("take", company.id);
          }
        }
        if (kind === "again" || kind === "repeats") continue;
        await leap();
        for (const { id } of companies) await bench("settle", id);
      }
    }
    const of = (kind: Kind) => (alerts: number) => rounds.get(`${kind} ${alerts}`) ?? [];
    /** As many of each kind. */
    const all = (alerts: number) =>
      of("new")(alerts).map((_, i) => KINDS.reduce((sum, [kind]) => sum + (of(kind)(alerts)[i] ?? 0), 0));
    const figure = (name: string, each: (alerts: number) => number[], alerts: number) => {
      const [few, many] = [median(each(FEW)), median(each(MANY))];
      const ratio = median(each(MANY).map((ms, i) => ms / (each(FEW)[i] ?? Number.NaN)));
      const floor = { name: `with ${FEW.toLocaleString("en")} stored`, value: few / alerts };
      return { group: strategy, name, value: many / alerts, unit: "ms", floor, ratio };
    };
    report.figures.push(
      judged({ ...figure("an alert", all, PER_ROUND * KINDS.length), goal: { most: 1.3 } }),
    );
    for (const [kind, text] of KINDS) report.figures.push(figure(`of these: ${text}`, of(kind), PER_ROUND));
    report.detail[strategy] = { rounds: Object.fromEntries(rounds), outcomes: Object.fromEntries(seen) };
  }

  const waking: number[] = [];
  for (const { id } of companies) {
    const began = performance.now();
    await bench("settle", id);
    const awake = performance.now() - began;
    await bench("end", id);
    const again = performance.now();
    await bench("settle", id);
    waking.push(Math.max(0, performance.now() - again - awake));
  }
  report.detail.waking_ms = waking;
  report.notes.push(
    `Waking the object took ${waking.map((ms) => `${Math.round(ms)} ms`).join(" and ")} with ${FEW} and ${MANY} alerts.`,
  );
} finally {
  await runtime.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.stdout.write(`${values.json ? JSON.stringify(report) : table(report)}\n`);
