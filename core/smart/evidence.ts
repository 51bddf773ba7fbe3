import type { Companions } from "./companions.ts";
import { faded } from "./fading.ts";
import type { Group } from "./group.ts";
import { BOUNDS, SMART } from "./parameters.ts";
import type { SmartInput } from "./port.ts";

/** What a group makes of an alert, alerts per minute, by kind of evidence. */
export interface Evidence {
  rate: number;
  /** The same without the burst: what is due to a relation. */
  related: number;
  sameAsset: number;
  sameSignature: number;
  neighbour: number;
  together: number;
  toolGroup: number;
  burst: number;
  /** The neighbour and the companion that say most. */
  via: string | null;
  companion: string | null;
}

/**
 * Excitation of an alert by a group, as in a mutually exciting point process (Hawkes 1971): every check active
 * in the group lends its fading power, weighed by how it is related. `inBurst`: whether the company shows a
 * burst far above what is usual; only then does being of the same company count.
 */
export function evidence(
  group: Group,
  check: string,
  input: SmartInput,
  inBurst: boolean,
  companions: Companions,
): Evidence {
  const now = input.at;
  const self = faded(group.checks.get(check), now);
  const onAsset = input.asset === "" ? 0 : Math.max(0, faded(group.assets.get(input.asset), now) - self);
  const onSignature =
    input.signature === "" ? 0 : Math.max(0, faded(group.signatures.get(input.signature), now) - self);
  let near = 0;
  let via: string | null = null;
  let most = 0;
  const neighbours = input.neighbours;
  for (let i = 0; i < neighbours.length && i < BOUNDS.neighbours; i++) {
    const part = group.assets.get(neighbours[i] as string);
    if (!part) continue;
    const power = faded(part, now);
    near += power;
    if (power > most) {
      most = power;
      via = neighbours[i] as string;
    }
  }
  let together = 0;
  let apart = 0;
  let companion: string | null = null;
  most = 0;
  for (const [other, pair] of companions.companions(input.asset)) {
    const part = group.assets.get(other);
    if (!part) continue;
    const power = faded(part, now);
    if (pair.word < 0) {
      apart += power;
      if (neighbours.includes(other)) near = Math.max(0, near - power);
      continue;
    }
    const weight =
      pair.word > 0
        ? SMART.confirmed
        : pair.shared > 1
          ? (SMART.together * pair.shared) / (companions.incidents(other) + 2)
          : 0;
    together += weight * power;
    if (weight * power > most) {
      most = weight * power;
      companion = other;
    }
  }
  const tool = input.group === null ? undefined : group.tools.get(`${input.tool}\n${input.group}`);
  const rest = Math.max(0, faded(group.sum, now) - onAsset - onSignature - self - near - apart);
  const made: Evidence = {
    rate: 0,
    related: 0,
    sameAsset: group.power * SMART.sameAsset * onAsset,
    sameSignature: group.power * SMART.sameSignature * onSignature,
    neighbour: group.power * SMART.neighbour * near,
    together: group.power * together,
    toolGroup: tool ? group.power * SMART.toolGroup * Math.exp((tool.at - now) / SMART.toolFade) : 0,
    burst: inBurst ? group.power * SMART.burst * rest : 0,
    via,
    companion,
  };
  made.related = made.sameAsset + made.sameSignature + made.neighbour + made.together + made.toolGroup;
  made.rate = made.related + made.burst;
  return made;
}

/**
 * Whether the first explains better. What is related clearly goes before what a burst alone makes likely: a
 * burst finds a place for what has none. `clear`: the rate from which a relation says enough.
 */
export function explainsBetter(one: Evidence, other: Evidence | undefined, clear: number): boolean {
  if (!other) return one.rate > 0;
  const related = one.related > clear;
  if (related !== other.related > clear) return related;
  return related ? one.related > other.related : one.rate > other.rate;
}
