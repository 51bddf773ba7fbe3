import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SmartModel } from "../../../core/smart/model.ts";
import { BOUNDS } from "../../../core/smart/parameters.ts";
import { poissonTail } from "../../../core/smart/poisson.ts";
import { runAlone } from "../../bench/correlation/alone.ts";
import { generated } from "../../bench/correlation/generator.ts";
import { shuffled } from "../../bench/correlation/order.ts";
import { Company, MINUTE, SECOND, START } from "./company.ts";

const stream = generated(7);
const some = { ...stream, alerts: stream.alerts.slice(0, 12_000) };

describe("the model", () => {
  it("decides the same twice", () => {
    expect(runAlone(some).groups).toEqual(runAlone(some).groups);
  });

  it("changes at most one pair in a hundred when alerts arrive within 30 s of their time in any order", () => {
    const { groups } = runAlone(some);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        expect(shuffled(some, groups, seed).of_all_pairs).toBeLessThanOrEqual(0.01);
      }),
      { numRuns: 4 },
    );
  }, 30_000);

  it("goes on after a restart as if there had been none", () => {
    const whole = new Company();
    const first = new Company();
    const half = 3000;
    const mine = some.alerts.filter((a) => a.tenant === "busy-shop");
    const play = (company: Company, from: number, to: number) =>
      mine
        .slice(from, to)
        .map((a) => company.alert(a.t, a.asset, a.signature, { neighbours: some.neighbours(a.asset) }));
    const expected = play(whole, 0, half * 2);
    const before = play(first, 0, half);
    const copy = JSON.parse(JSON.stringify(first.model));
    const after = new Company(SmartModel.fromJSON(copy));
    after.incidents = first.incidents;
    expect([...before, ...play(after, half, half * 2)]).toEqual(expected);
  });

  it("with an older copy only forgets: nothing is joined to what is unknown, and it goes on", () => {
    const company = new Company();
    company.quietDay();
    const old = JSON.parse(JSON.stringify(company.model));
    const lost = company.alert(START, "db-01", "disk_full");
    const after = new Company(SmartModel.fromJSON(old));
    after.incidents = company.incidents;
    const opened = after.alert(START + 10 * SECOND, "app-01", "http_5xx");
    expect(opened).not.toBe(lost);
    // A repeat that the engine keeps with its incident teaches the model what it had lost.
    after.model.repeated(after.input(START + 12 * SECOND, "db-01", "disk_full"), lost);
    expect(after.alert(START + 20 * SECOND, "app-01", "queue_backlog")).toBeGreaterThan(0);
  });

  it("keeps what it remembers within its bounds", () => {
    const company = new Company();
    for (let n = 0; n < 12_000; n++) company.alert(START + n * 700, `host-${n}`, `problem_${n % 97}`);
    const saved = company.model.toJSON();
    expect(saved.background.checks.length).toBeLessThanOrEqual(BOUNDS.checks);
    expect(saved.book.groups.length).toBeLessThanOrEqual(BOUNDS.groups);
    expect(saved.book.active.length).toBeLessThanOrEqual(BOUNDS.candidates);
    expect(saved.companions.length).toBeLessThanOrEqual(BOUNDS.assets);
    for (const group of saved.book.groups) {
      expect(group.checks.length).toBeLessThanOrEqual(BOUNDS.members);
      expect(group.assets.length).toBeLessThanOrEqual(BOUNDS.members);
      expect(group.beginnings.length).toBeLessThanOrEqual(BOUNDS.beginnings);
    }
  });

  it("takes a clock that goes back as standing still", () => {
    const company = new Company();
    company.quietDay();
    const opened = company.alert(START, "db-01", "disk_full");
    expect(company.alert(START - 5 * MINUTE, "app-01", "http_5xx")).toBe(opened);
  });

  it("follows incidents that were merged, by it or by people", () => {
    const company = new Company();
    company.quietDay();
    const one = company.alert(START, "fw-01", "vpn_down");
    const two = company.alert(START + SECOND, "db-01", "disk_full");
    company.model.merged(one, two);
    expect(company.alert(START + 2 * SECOND, "app-01", "http_5xx")).toBe(one);
    company.model.closed(one);
    expect(company.alert(START + 3 * SECOND, "web-01", "http_5xx")).not.toBe(one);
  });

  it("gives every decision reasons in words, and joins a score", () => {
    runAlone(some, (_, place) => {
      expect(place.reasons.length).toBeGreaterThan(0);
      for (const reason of place.reasons) expect(reason.text).toMatch(/^(Joined|Opened|Merged): .+\.$/);
      if (place.kind === "join") expect(place.score).toBeGreaterThan(0.7);
    });
  });
});

describe("the tail of a Poisson distribution", () => {
  it("is right where it can be told by hand", () => {
    expect(poissonTail(0, 3)).toBe(1);
    expect(poissonTail(1, 2)).toBeCloseTo(1 - Math.exp(-2), 8);
    expect(poissonTail(3, 1)).toBeCloseTo(1 - Math.exp(-1) * 2.5, 8);
    expect(poissonTail(30, 0.4)).toBeLessThan(1e-40);
    expect(poissonTail(5, 500)).toBeCloseTo(1, 6);
  });
});
