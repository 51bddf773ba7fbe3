import { afterEach, describe, expect, it, vi } from "vitest";
import { Lane, type Turn, type Waiting } from "../../worker/webhooks/lane.ts";

afterEach(() => vi.restoreAllMocks());

/** A lane whose calls are only noted, and a clock that moves by hand. */
function scene() {
  let now = 1_800_000_000_000;
  vi.spyOn(Date, "now").mockImplementation(() => now);
  const lane = new Lane();
  const turns = new Map<string, Turn>();
  const names = new Map<Waiting, string>();
  const delivery = (name: string, bytes = 100): Waiting => {
    const one = { bytes, call: null, turn: (turn: Turn) => turns.set(name, turn) } as unknown as Waiting;
    names.set(one, name);
    return one;
  };
  const namesOf = (call: { group: Waiting[] } | null | undefined) =>
    call ? call.group.map((one) => names.get(one)) : null;
  /** Announced, and there at once unless told otherwise. */
  const comes = (name: string, bytes?: number, announced = lane.expect()) => {
    const one = delivery(name, bytes);
    const call = lane.join(one, announced);
    return { one, call, group: namesOf(call) };
  };
  const told = (name: string) => {
    const turn = turns.get(name);
    return turn?.kind === "lead" ? namesOf(turn.call) : (turn?.kind ?? null);
  };
  const callOf = (name: string) => {
    const turn = turns.get(name);
    if (turn?.kind !== "lead") throw new Error(`${name} leads no call`);
    return turn.call;
  };
  const late = (one: Waiting) => {
    const turn = lane.late(one);
    return turn?.kind === "lead" ? namesOf(turn.call) : (turn?.kind ?? null);
  };
  return { lane, comes, told, callOf, late, pass: (ms: number) => (now += ms) };
}

describe("deliveries of a company on their way to its object", () => {
  it("one alone goes at once, and leaves nothing behind", () => {
    const { lane, comes } = scene();
    const a = comes("a");
    expect(a.group).toEqual(["a"]);
    expect(lane.idle).toBe(false);
    lane.over(a.call!);
    expect(lane.idle).toBe(true);
  });

  it("of a burst, the last to be ready makes one call for all, in their order", () => {
    const { lane, comes } = scene();
    const [a, b, c] = [lane.expect(), lane.expect(), lane.expect()];
    expect(comes("a", 1, a).group).toBeNull();
    expect(comes("b", 1, b).group).toBeNull();
    expect(comes("c", 1, c).group).toEqual(["a", "b", "c"]);
  });

  it("what comes while a call is under way shares the next, made by the first of them", () => {
    const { lane, comes, told } = scene();
    const a = comes("a");
    expect([comes("b").group, comes("c").group]).toEqual([null, null]);
    expect(told("b")).toBeNull();
    lane.over(a.call!);
    expect(told("b")).toEqual(["b", "c"]);
    // From this moment a call is under way, whenever its leader wakes.
    expect(comes("d").group).toBeNull();
  });

  it("when the last of a burst is refused, the others go without it", () => {
    const { lane, comes, told } = scene();
    const [a, b, refused] = [lane.expect(), lane.expect(), lane.expect()];
    comes("a", 1, a);
    comes("b", 1, b);
    expect(told("a")).toBeNull();
    lane.givenUp(refused);
    expect(told("a")).toEqual(["a", "b"]);
  });

  it("one that was announced and came is not given up once more", () => {
    const { lane, comes } = scene();
    const [a, b] = [lane.expect(), lane.expect()];
    comes("a", 1, a);
    lane.givenUp(a);
    lane.givenUp(a);
    expect(comes("b", 1, b).group).toEqual(["a", "b"]);
  });

  it("nobody waits longer than a moment for one whose sender is slow or gone, and then no more", () => {
    const { lane, comes, late } = scene();
    const slow = lane.expect();
    const a = comes("a");
    const b = comes("b");
    expect([a.group, b.group]).toEqual([null, null]);
    expect([lane.patience(a.one), lane.patience(b.one)]).toEqual([5, 5000]);
    expect(late(a.one)).toEqual(["a", "b"]);
    lane.over(a.one.call!);
    const c = comes("c");
    expect(c.group).toEqual(["c"]);
    lane.over(c.call!);
    // It comes after all: alone, and it is not counted off those that are expected now.
    const d = lane.expect();
    const late_one = comes("slow", 1, slow);
    expect(late_one.group).toBeNull();
    expect(comes("d", 1, d).group).toEqual(["slow", "d"]);
  });

  it("a call takes so many deliveries, and so many bytes; whoever makes it is in it", () => {
    const { lane, comes, told } = scene();
    const waited = lane.expect();
    for (let i = 1; i < 128; i++) expect(comes(`${i}`).group).toBeNull();
    const full = comes("128");
    expect(full.group).toHaveLength(128);
    expect([full.group?.[0], full.group?.at(-1)]).toEqual(["1", "128"]);
    const mib = 1024 * 1024;
    for (const name of ["p", "q", "r", "s", "t"]) comes(name, mib);
    lane.givenUp(waited);
    lane.over(full.call!);
    expect(told("p")).toEqual(["p", "q", "r", "s"]);
    const announced = Array.from("uvwxy", () => lane.expect());
    lane.over(full.call!);
    expect(told("t")).toBeNull();
    for (const [i, name] of Array.from("uvwxy").entries()) comes(name, mib, announced[i]);
    expect(told("t")).toBeNull();
  });

  it("a leader that came last is in its own call, though the others before it fill one", () => {
    const { lane, comes, told } = scene();
    const mib = 1024 * 1024;
    const announced = Array.from("pqrst", () => lane.expect());
    const last = Array.from("pqrst", (name, i) => comes(name, mib, announced[i])).at(-1);
    expect(last?.group).toEqual(["p", "q", "r", "t"]);
    lane.over(last!.call!);
    expect(told("s")).toEqual(["s"]);
  });

  it("a call that is lost holds nobody up: who went with it fails, who waits goes, and its end changes nothing", () => {
    const { lane, comes, late, told, pass } = scene();
    const [a, b] = [lane.expect(), lane.expect()];
    const first = comes("a", 1, a);
    const leader = comes("b", 1, b);
    const c = comes("c");
    pass(4000);
    expect([late(first.one), late(c.one)]).toEqual([null, null]);
    pass(1001);
    expect(late(first.one)).toBe("failed");
    expect(late(c.one)).toEqual(["c"]);
    const d = comes("d");
    expect(d.group).toBeNull();
    lane.over(leader.call!);
    expect(told("d")).toBeNull();
    lane.over(c.one.call!);
    expect(told("d")).toEqual(["d"]);
  });

  it("after a lost call, the next to come makes a new one with all that wait", () => {
    const { comes, pass } = scene();
    comes("a");
    comes("b");
    pass(5001);
    expect(comes("c").group).toEqual(["b", "c"]);
  });
});
