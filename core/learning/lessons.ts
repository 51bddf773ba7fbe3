import type { AlertState } from "../engine/state.ts";
import type { PairBook } from "./pairs.ts";

/** What people's merges, splits and words on groupings say; the engine makes them. */
export interface PeopleSaid {
  kind: "good" | "bad" | "merged" | "split" | "unmerged" | "unsplit";
  incident: number;
  other?: number;
  /** Alerts that it is about; none: all of the incident. */
  alerts: number[];
  at: number;
}

interface Known {
  /** Listed alerts of an incident, or those of a list of seqs. */
  members(incident: number): AlertState[];
  alertsOf(seqs: number[]): AlertState[];
}

/** Signatures looked at of one side: a merge of a storm is not a thousand lessons. */
const SIDE_MAX = 8;

const signaturesOf = (alerts: AlertState[]) =>
  [...new Set(alerts.map((alert) => alert.signature))].slice(0, SIDE_MAX);

const MEANS = {
  merged: ["merged", false],
  unmerged: ["merged", true],
  split: ["split", false],
  unsplit: ["split", true],
} as const;

/** Teaches the book what was said. */
export function learn(book: PairBook, said: PeopleSaid, known: Known): void {
  const these = known.alertsOf(said.alerts);
  if (said.kind === "good" || said.kind === "bad") {
    const all = signaturesOf(these.length > 0 ? these : known.members(said.incident));
    const word = said.kind === "good" ? "merged" : "split";
    all.forEach((a, i) => {
      for (const b of all.slice(i + 1)) book.taught(a, b, word, said.at);
    });
    return;
  }
  const [word, undone] = MEANS[said.kind];
  const about = new Set(said.alerts);
  const others = known.members(said.incident).filter((alert) => !about.has(alert.seq));
  for (const a of signaturesOf(these))
    for (const b of signaturesOf(others)) book.taught(a, b, word, said.at, undone);
}
