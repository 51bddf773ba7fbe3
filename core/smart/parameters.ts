const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * What the `smart` strategy is set to, one setting for every company. Weights are alerts per minute that one
 * active, surprising alert makes likely; docs/correlation.md shows how little each may move the results.
 */
export const SMART = {
  /** An alert's power to explain others fades by e in this time, ms. */
  fade: MINUTE,
  /** Another check of the same asset. Low: a noisy host's alerts are no one trouble. */
  sameAsset: 0.008,
  /** The same check on another asset. */
  sameSignature: 0.05,
  /** An asset that it depends on, or that depends on it. */
  neighbour: 0.05,
  /** What the tool itself put into one group with it. */
  toolGroup: 0.5,
  /** A tool's group means more for longer, ms. */
  toolFade: 10 * MINUTE,
  /** An asset that shared incidents with it before, times the share of its incidents in which it did. */
  together: 0.01,
  /** The same after technicians said that the two belong together. */
  confirmed: 0.05,
  /** Anything else in the company, and only while a burst stands far above what is usual. */
  burst: 0.003,
  /** Joins when a group makes the alert this many times likelier than its own background does. */
  join: 3,
  /** A second group that explains the same alert this many times better is the same trouble. */
  pull: 30,
  /** Before anything is known a check is expected this often, alerts within `priorMinutes`. */
  priorAlerts: 0.5,
  priorMinutes: 60,
  /** Background is forgotten by e in this time, minutes. */
  memoryMinutes: 24 * 60,
  /** Share of what a group explains that is no background; without it, long troubles become habit. */
  explainAway: 1,
  /** A check above its first expectation by one alert in this many minutes explains half as much. */
  routineMinutes: 120,
  /** Share of explaining power below which a group is a routine series. */
  routineShare: 0.3,
  /** A routine group whose bursts hold fewer than this share of its checks is background: it dissolves. */
  scatter: 0.2,
  /** How quickly a group's mean explaining power follows, per alert. */
  routineStep: 0.1,
  /** Quiet that ends a group of several checks, of one check, and of routine ones, ms. */
  quiet: 3 * MINUTE,
  quietAlone: 20 * MINUTE,
  quietRoutine: 60 * MINUTE,
  /** A group may be quiet for this many of its usual gaps, at most `quietRoutine`. */
  quietGaps: 3,
  /** Shorter gaps are one burst and tell nothing of a group's rhythm, ms. */
  gapLeast: 5 * SECOND,
  /** A check silent for this long begins anew when it comes, ms. */
  silence: 2 * MINUTE,
  /** A burst is counted over this time, ms, and against this time before, ms. */
  burstWindow: 30 * SECOND,
  burstBefore: 5 * MINUTE,
  /** Fewer beginnings within the window are no burst. */
  burstLeast: 5,
  /** Chance that the usual rate makes such a burst in the company. */
  burstChance: 1e-8,
  /** Chance that an old incident's own rhythm makes such a burst; below it, the burst is a new one. */
  onsetChance: 1e-6,
  onsetAge: 4 * MINUTE,
} as const;

/** What is kept at most; the longest unused goes first. */
export const BOUNDS = {
  checks: 8192,
  groups: 256,
  /** Groups with power left to explain, looked at for every alert. */
  candidates: 48,
  /** Checks, assets, signatures and tool groups remembered of one group. */
  members: 128,
  beginnings: 256,
  /** Neighbours looked at for one alert. */
  neighbours: 64,
  /** Assets with remembered companions, companions of one, and assets learned from one group. */
  assets: 2048,
  companions: 16,
  learned: 12,
  aliases: 1024,
} as const;
