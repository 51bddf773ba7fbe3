import type { DifferenceKind } from "./schema.ts";

/** Where one alert is, and where it would be; null: in no incident. */
export interface Placed {
  before: number | null;
  after: number | null;
}

/** Incidents of both sides that share alerts, directly or over others, with all those alerts. */
export interface Group<T extends Placed> {
  kind: DifferenceKind;
  before: Map<number, number>;
  after: Map<number, number>;
  placed: T[];
}

/** Union by the smaller number, with halved paths. */
class Sets {
  private parent = new Map<string, string>();

  find(of: string): string {
    let at = of;
    for (;;) {
      const up = this.parent.get(at);
      if (up === undefined) {
        this.parent.set(at, at);
        return at;
      }
      if (up === at) return at;
      const over = this.parent.get(up) ?? up;
      this.parent.set(at, over);
      at = over;
    }
  }

  join(a: string, b: string): void {
    const [x, y] = [this.find(a), this.find(b)];
    if (x !== y) this.parent.set(y, x);
  }
}

const nameOf = ({ before, after }: Placed): string | null =>
  before !== null ? `b${before}` : after !== null ? `a${after}` : null;

/**
 * Groups incidents of before and after that have alerts in common, and says what became of each: the same
 * alerts together (same), several in one (merged), one in several (split), both at once or alerts that came
 * or went (moved), none before (new), none after (gone).
 */
export function groupsOf<T extends Placed>(all: readonly T[]): Group<T>[] {
  const sets = new Sets();
  for (const { before, after } of all)
    if (before !== null && after !== null) sets.join(`b${before}`, `a${after}`);
  const found = new Map<string, Group<T>>();
  for (const one of all) {
    const name = nameOf(one);
    if (name === null) continue;
    const root = sets.find(name);
    let group = found.get(root);
    if (!group) {
      group = { kind: "same", before: new Map(), after: new Map(), placed: [] };
      found.set(root, group);
    }
    group.placed.push(one);
    if (one.before !== null) group.before.set(one.before, (group.before.get(one.before) ?? 0) + 1);
    if (one.after !== null) group.after.set(one.after, (group.after.get(one.after) ?? 0) + 1);
  }
  for (const group of found.values()) group.kind = kindOf(group);
  return [...found.values()];
}

function kindOf({ before, after, placed }: Group<Placed>): DifferenceKind {
  if (before.size === 0) return "new";
  if (after.size === 0) return "gone";
  if (before.size > 1 && after.size > 1) return "moved";
  if (before.size > 1) return "merged";
  if (after.size > 1) return "split";
  return placed.some((one) => one.before === null || one.after === null) ? "moved" : "same";
}
