import { faded } from "./fading.ts";
import { Group, type GroupRow } from "./group.ts";
import { BOUNDS } from "./parameters.ts";

/** Open groups by incident, the ones with power left, and which incident became part of which. */
export class GroupBook {
  private readonly groups = new Map<number, Group>();
  /** Groups with power left, newest activity last. */
  active: Group[] = [];
  private readonly aliases = new Map<number, number>();
  private readonly ended: (group: Group) => void;

  /** `ended` hears of each group that ends. */
  constructor(ended: (group: Group) => void) {
    this.ended = ended;
  }

  /** The incident that this one is part of now. */
  resolve(incident: number): number {
    let id = incident;
    for (let hops = 0; hops < 16; hops++) {
      const to = this.aliases.get(id);
      if (to === undefined) return id;
      id = to;
    }
    return id;
  }

  get(incident: number): Group | undefined {
    return this.groups.get(this.resolve(incident));
  }

  /** The group if it is not over; one that is, ends. */
  open(incident: number, now: number): Group | null {
    const group = this.get(incident);
    if (!group) return null;
    if (!group.isOver(now)) return group;
    this.end(group);
    return null;
  }

  ensure(incident: number, now: number): Group {
    const id = this.resolve(incident);
    let group = this.groups.get(id);
    if (!group) {
      group = new Group(id, now);
      this.groups.set(id, group);
      if (this.groups.size > BOUNDS.groups) this.makeRoom(group, now);
    }
    return group;
  }

  /** `from` is part of `into` now. */
  merge(into: number, from: number, now: number): void {
    const to = this.resolve(into);
    const gone = this.groups.get(from);
    if (to === from) return;
    this.aliases.set(from, to);
    if (this.aliases.size > BOUNDS.aliases) {
      const oldest = this.aliases.keys().next();
      if (!oldest.done) this.aliases.delete(oldest.value);
    }
    if (!gone) return;
    this.drop(gone);
    const group = this.ensure(to, gone.first);
    group.absorb(gone, now);
    this.activate(group, now);
  }

  /** It is an incident of its own again; what it brought into the other stays there. */
  apart(from: number): void {
    this.aliases.delete(from);
  }

  /** The newest active; the weakest leaves where there are too many. */
  activate(group: Group, now: number): void {
    const { active } = this;
    const at = active.lastIndexOf(group);
    if (at >= 0 && at === active.length - 1) return;
    if (at >= 0) active.splice(at, 1);
    active.push(group);
    if (active.length <= BOUNDS.candidates) return;
    let weakest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < active.length - 1; i++) {
      const power = faded((active[i] as Group).sum, now);
      if (power < least) {
        least = power;
        weakest = i;
      }
    }
    active.splice(weakest, 1);
  }

  end(group: Group): void {
    this.drop(group);
    this.ended(group);
  }

  private drop(group: Group): void {
    this.groups.delete(group.id);
    const at = this.active.indexOf(group);
    if (at >= 0) this.active.splice(at, 1);
  }

  /** What is over ends; then the longest quiet, until there is room. */
  private makeRoom(keep: Group, now: number): void {
    for (const group of [...this.groups.values()]) if (group !== keep && group.isOver(now)) this.end(group);
    while (this.groups.size > BOUNDS.groups) {
      let oldest: Group | null = null;
      for (const group of this.groups.values())
        if (group !== keep && (!oldest || group.last < oldest.last)) oldest = group;
      if (!oldest) return;
      this.end(oldest);
    }
  }

  toJSON() {
    return {
      groups: [...this.groups.values()].map((group) => group.toJSON()),
      active: this.active.map((group) => group.id),
      aliases: [...this.aliases],
    };
  }

  restore(saved: { groups: GroupRow[]; active: number[]; aliases: [number, number][] }): void {
    for (const row of saved.groups) this.groups.set(row.id, Group.fromJSON(row));
    for (const id of saved.active) {
      const group = this.groups.get(id);
      if (group) this.active.push(group);
    }
    for (const [from, to] of saved.aliases) this.aliases.set(from, to);
  }
}
