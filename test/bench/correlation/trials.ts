import { SMART } from "../../../core/smart/parameters.ts";
import { runAlone } from "./alone.ts";
import { rowsOf } from "./rows.ts";
import type { Score } from "./score.ts";
import type { Stream } from "./stream.ts";

type Setting = Partial<Record<keyof typeof SMART, number>>;

export interface Trial {
  name: string;
  setting: Setting;
}

/** What each kind of evidence adds: everything but one. */
export const ABLATIONS: Trial[] = [
  { name: "as it is", setting: {} },
  { name: "without same asset", setting: { sameAsset: 0 } },
  { name: "without same signature elsewhere", setting: { sameSignature: 0 } },
  { name: "without topology", setting: { neighbour: 0 } },
  { name: "without bursts over the company", setting: { burst: 0 } },
  { name: "without assets together before", setting: { together: 0 } },
  { name: "without the tools' own groups", setting: { toolGroup: 0 } },
  { name: "without merging groups", setting: { pull: 1e9 } },
  { name: "without new onsets", setting: { onsetChance: 0 } },
  { name: "without explaining away", setting: { explainAway: 0 } },
  { name: "without routine weighing less", setting: { routineMinutes: 0 } },
  {
    name: "quiet of 15 minutes for all",
    setting: { quiet: 900_000, quietAlone: 900_000, quietRoutine: 900_000 },
  },
  {
    name: "bursts alone (no relation at all)",
    setting: { sameAsset: 0, sameSignature: 0, neighbour: 0, together: 0, toolGroup: 0 },
  },
];

const TURNED = [
  "sameAsset",
  "sameSignature",
  "neighbour",
  "burst",
  "together",
  "fade",
  "join",
  "pull",
  "priorMinutes",
  "memoryMinutes",
  "routineMinutes",
  "quiet",
  "quietAlone",
  "quietRoutine",
  "silence",
  "burstWindow",
  "burstBefore",
] as const;
/** Smaller gains of the mean are chance. */
const LEAST_GAIN = 0.003;
const FACTORS = [0.5, 0.71, 1, 1.41, 2];

/** Every parameter turned down and up by itself. */
export const SENSITIVITY: Trial[] = TURNED.flatMap((name) =>
  FACTORS.map((factor) => ({ name: `${name} x ${factor}`, setting: { [name]: SMART[name] * factor } })),
);

/** Runs with a changed setting. The parameters are constants everywhere else; here they are what is tried. */
function under<T>(setting: Setting, run: () => T): T {
  const live = SMART as { -readonly [K in keyof typeof SMART]: number };
  const before = { ...live };
  Object.assign(live, setting);
  try {
    return run();
  } finally {
    Object.assign(live, before);
  }
}

export interface TrialScore {
  name: string;
  all: Score;
  without_largest: Score;
  tenants: { tenant: string; all: Score }[];
}

export function tried(stream: Stream, trials: Trial[]): TrialScore[] {
  return trials.map(({ name, setting }) => ({
    name,
    ...under(setting, () => rowsOf(stream, runAlone(stream).groups)),
  }));
}

export interface LeftOut {
  tenant: string;
  /** Value of each parameter that the other tenants would choose. */
  chosen: { parameter: string; factor: number }[];
  /** Mean of B-cubed and strict precision of the tenant, with our parameters and with the chosen ones. */
  ours: number;
  theirs: number;
}

const worth = (s: Score) => (s.b_cubed + s.strict_precision) / 2;

/** For each tenant: what the others alone would have set each parameter to, and how it fares under that. */
export function leaveOneOut(streams: Stream[], turned: Map<string, TrialScore[]>): LeftOut[] {
  const of = (stream: string, trial: string, tenant: string): number => {
    const found = turned.get(stream)?.find((t) => t.name === trial);
    const mine = found?.tenants.find((t) => t.tenant === tenant)?.all;
    return mine ? worth(mine) : 0;
  };
  const everybody = streams.flatMap((s) =>
    [...new Set(s.alerts.map((a) => a.tenant))].map((tenant) => ({ stream: s, tenant })),
  );
  return everybody.map(({ stream, tenant }) => {
    const chosen: { parameter: (typeof TURNED)[number]; factor: number }[] = [];
    for (const parameter of TURNED) {
      const mean = (factor: number) =>
        everybody
          .filter((other) => other.tenant !== tenant)
          .reduce((sum, o) => sum + of(o.stream.name, `${parameter} x ${factor}`, o.tenant), 0);
      // Ours, unless another is clearly better.
      let best = 1;
      for (const factor of FACTORS)
        if (mean(factor) > mean(best) + LEAST_GAIN * (everybody.length - 1)) best = factor;
      if (best !== 1) chosen.push({ parameter, factor: best });
    }
    const setting: Setting = {};
    for (const { parameter, factor } of chosen) setting[parameter] = SMART[parameter] * factor;
    const alone = { ...stream, alerts: stream.alerts.filter((a) => a.tenant === tenant) };
    const [ours, theirs] = tried(alone, [
      { name: "ours", setting: {} },
      { name: "theirs", setting },
    ]);
    return { tenant, chosen, ours: ours ? worth(ours.all) : 0, theirs: theirs ? worth(theirs.all) : 0 };
  });
}
