import type { Reason } from "../alert.ts";
import { duration } from "../engine/text.ts";
import type { Burst } from "./bursts.ts";
import type { Evidence } from "./evidence.ts";
import type { Group } from "./group.ts";
import type { SmartInput } from "./port.ts";

type Names = (asset: string) => string;

const short = (value: number) => Number(value.toPrecision(3));

/** Alerts a minute as people say it: "twice a minute", "about once in 3 hours". */
export function often(perMinute: number): string {
  if (perMinute >= 1) return `about ${short(perMinute)} times a minute`;
  return `about once in ${duration(60_000 / perMinute)}`;
}

const ago = (then: number, now: number) =>
  now - then < 1000 ? "at the same moment" : `${duration(now - then)} before`;

export function stays(input: SmartInput, nameOf: Names): Reason {
  return {
    rule: "smart.same_check",
    score: 1,
    text: `Joined: ${input.check} on ${nameOf(input.asset) || "the same source"} is in this open incident already.`,
  };
}

/** Why an alert opens an incident of its own. Rates are alerts a minute. */
export function alone(own: number, best: number): Reason {
  return {
    rule: "smart.alone",
    evidence: { own_rate: short(own), best_rate: short(best) },
    text:
      best === 0
        ? "Opened: nothing that is open now is related to it."
        : `Opened: no open incident explains it clearly better than its own habit (${often(own)}).`,
  };
}

export function onset(group: Group, burst: Burst): Reason {
  return {
    rule: "smart.new_onset",
    evidence: { previous_incident: group.id, began: burst.seen, usual: short(burst.usual), seconds: 30 },
    text: `Opened: ${burst.seen} checks began to fail in 30 seconds where the incident so far saw about ${short(burst.usual)}, so this is a new trouble.`,
  };
}

export function pulled(input: SmartInput, nameOf: Names): Reason {
  return {
    rule: "smart.same_trouble",
    text: `Merged: ${input.check} on ${nameOf(input.asset) || "an unnamed asset"} belongs clearly to both incidents.`,
  };
}

const REASONS_MAX = 3;

/** Why an alert joins a group: the kinds of evidence by weight, each with its share of the probability. */
export function joined(
  group: Group,
  input: SmartInput,
  e: Evidence,
  own: number,
  burst: Burst | null,
  nameOf: Names,
): Reason[] {
  const certain = e.rate / (e.rate + own);
  const made: { weight: number; reason: Reason }[] = [];
  const add = (weight: number, rule: string, text: string, more: Record<string, unknown> = {}) => {
    if (weight <= 0) return;
    made.push({
      weight,
      reason: {
        rule: `smart.${rule}`,
        evidence: { ...more, rate: short(weight), own_rate: short(own) },
        score: short((certain * weight) / e.rate),
        text,
      },
    });
  };
  const asset = nameOf(input.asset) || "it";
  const since = (name: string) => ago(group.assets.get(name)?.first ?? group.first, input.at);
  add(e.toolGroup, "tool_group", `Joined: ${input.tool} put it into the same group.`, { group: input.group });
  if (e.via !== null)
    add(
      e.neighbour,
      "neighbour",
      `Joined: ${asset} and ${nameOf(e.via)} depend on each other, and ${nameOf(e.via)} began to fail ${since(e.via)}.`,
      { asset: e.via },
    );
  if (e.companion !== null)
    add(
      e.together,
      "together_before",
      `Joined: ${asset} was in incidents with ${nameOf(e.companion)} before, which began to fail ${since(e.companion)}.`,
      { asset: e.companion },
    );
  add(
    e.sameSignature,
    "same_signature",
    `Joined: the same kind of alert (${input.signature}) came in this incident ${ago(group.signatures.get(input.signature)?.at ?? group.last, input.at)}, and on ${asset} it is rare (${often(own)}).`,
  );
  add(
    e.sameAsset,
    "same_asset",
    `Joined: other checks of ${asset} fail in this incident since ${duration(input.at - (group.assets.get(input.asset)?.first ?? group.first))}, and this one is rare (${often(own)}).`,
  );
  if (burst)
    add(
      e.burst,
      "burst",
      `Joined: a burst over the company far above its learned background (${burst.seen} checks began to fail in 30 seconds, usually ${short(burst.usual)}).`,
      { began: burst.seen, usual: short(burst.usual) },
    );
  return made
    .sort((a, b) => b.weight - a.weight)
    .slice(0, REASONS_MAX)
    .map(({ reason }) => reason);
}
