/** Severities, worst first; the rank orders lists and decides "at least". */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

const RANK: Record<Severity, number> = { critical: 4, high: 3, medium: 2, low: 1 };

/** 4 for critical down to 1 for low. */
export function severityRank(severity: Severity): number {
  return RANK[severity];
}

export function worse(a: Severity, b: Severity): Severity {
  return RANK[a] >= RANK[b] ? a : b;
}

/**
 * What monitoring tools call a severity, folded onto ours. Keys are lower case with everything but
 * letters and digits removed, so "Sev-1", "SEV1" and "sev 1" are one entry.
 */
const SYNONYMS: Record<string, Severity> = {
  critical: "critical",
  crit: "critical",
  fatal: "critical",
  emergency: "critical",
  emerg: "critical",
  alert: "critical",
  disaster: "critical",
  blocker: "critical",
  down: "critical",
  p1: "critical",
  p0: "critical",
  sev0: "critical",
  sev1: "critical",
  high: "high",
  major: "high",
  error: "high",
  err: "high",
  severe: "high",
  unreachable: "high",
  p2: "high",
  sev2: "high",
  medium: "medium",
  moderate: "medium",
  average: "medium",
  warning: "medium",
  warn: "medium",
  minor: "medium",
  unknown: "medium",
  p3: "medium",
  sev3: "medium",
  low: "low",
  info: "low",
  information: "low",
  informational: "low",
  notice: "low",
  debug: "low",
  trivial: "low",
  none: "low",
  ok: "low",
  normal: "low",
  notclassified: "low",
  success: "low",
  p4: "low",
  p5: "low",
  sev4: "low",
  sev5: "low",
};

/** No tool's word is longer; a sender may write a megabyte. */
const WORD_MAX = 100;

/** `known` is false where the word was not understood and `medium` stands in for it. */
export function readSeverity(raw: string): { severity: Severity; known: boolean } {
  if (raw.length > WORD_MAX) return { severity: "medium", known: false };
  const folded = raw.toLowerCase().replace(/[^a-z0-9]/g, "");
  const severity = Object.hasOwn(SYNONYMS, folded) ? SYNONYMS[folded] : undefined;
  return severity ? { severity, known: true } : { severity: "medium", known: false };
}
