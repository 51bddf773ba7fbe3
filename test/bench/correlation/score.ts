/** What a run made of a labelled stream: one entry per alert, in the stream's order. */
export interface Grouping {
  /** True incident, or null for background. */
  labels: readonly (string | null)[];
  /** Any number per alert; alerts of one group have one number. */
  groups: readonly number[];
}

/** Shares are 0 to 1. Precision, recall and B-cubed look at labelled alerts alone, strict precision at all. */
export interface Score {
  alerts: number;
  labelled: number;
  incidents: number;
  groups: number;
  /** 1 - groups / alerts. Means something only beside strict precision: merging background is no feat. */
  noise_cut: number;
  /** Of the pairs of labelled alerts in one group, the share of one incident. */
  precision: number;
  /** The same with every pair of a labelled alert and a background alert in its group counted as wrong. */
  strict_precision: number;
  /** Of the pairs of alerts of one incident, the share in one group. */
  recall: number;
  /** B-cubed (Bagga and Baldwin 1998) over labelled alerts: harmonic mean of mean precision and recall. */
  b_cubed: number;
  /** Mean number of groups that hold alerts of one true incident. */
  fragments: number;
}

const pairs = (n: number) => (n * (n - 1)) / 2;
const share = (part: number, of: number) => (of === 0 ? 1 : part / of);

/** `leave` names one true incident whose alerts count as not there: not wrong, not right. */
export function score({ labels, groups }: Grouping, leave: string | null = null): Score {
  const byGroup = new Map<number, { background: number; of: Map<string, number>; labelled: number }>();
  const sizes = new Map<string, number>();
  let alerts = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as string | null;
    if (leave !== null && label === leave) continue;
    alerts += 1;
    const id = groups[i] as number;
    let group = byGroup.get(id);
    if (!group) {
      group = { background: 0, of: new Map(), labelled: 0 };
      byGroup.set(id, group);
    }
    if (label === null) {
      group.background += 1;
      continue;
    }
    group.labelled += 1;
    group.of.set(label, (group.of.get(label) ?? 0) + 1);
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  let right = 0;
  let together = 0;
  let mixed = 0;
  let bPrecision = 0;
  let bRecall = 0;
  let fragments = 0;
  for (const group of byGroup.values()) {
    together += pairs(group.labelled);
    mixed += group.labelled * group.background;
    fragments += group.of.size;
    for (const [label, n] of group.of) {
      right += pairs(n);
      bPrecision += (n * n) / group.labelled;
      bRecall += (n * n) / (sizes.get(label) as number);
    }
  }
  let wanted = 0;
  let labelled = 0;
  for (const n of sizes.values()) {
    wanted += pairs(n);
    labelled += n;
  }
  const p = share(bPrecision, labelled);
  const r = share(bRecall, labelled);
  return {
    alerts,
    labelled,
    incidents: sizes.size,
    groups: byGroup.size,
    noise_cut: alerts === 0 ? 0 : 1 - byGroup.size / alerts,
    precision: share(right, together),
    strict_precision: share(right, together + mixed),
    recall: share(right, wanted),
    b_cubed: p + r === 0 ? 0 : (2 * p * r) / (p + r),
    fragments: sizes.size === 0 ? 0 : fragments / sizes.size,
  };
}

/** The true incident with the most alerts; null where nothing is labelled. */
export function largestIncident(labels: readonly (string | null)[]): string | null {
  const sizes = new Map<string, number>();
  for (const label of labels) if (label !== null) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  let best: string | null = null;
  for (const [label, n] of sizes) if (best === null || n > (sizes.get(best) ?? 0)) best = label;
  return best;
}
