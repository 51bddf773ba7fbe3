import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../../core/alert.ts";
import { Timeline } from "../../support/timeline.ts";

const STRATEGIES = ["asset|signature", "asset|signature|tool", "signature", "asset"] as const;

/** Hosts as different tools spell them; each short name belongs to one host. */
const HOSTS: Partial<NormalizedAlert>[][] = [
  [{ asset_name: "web-01" }, { asset_name: "WEB-01:9100" }, { asset_name: "web-01.acme.local" }],
  [{ asset_name: "web-02.acme.local" }, { asset_name: "http://web-02:80/" }],
  [{ asset_name: "10.0.0.7" }, { asset_name: "10.0.0.7:9100" }],
  [{ asset_name: "db-01", asset_id: "i-1" }, { asset_name: "DB-01." }],
  [{ asset_name: "unknown" }],
  [{ asset_name: "" }],
];
const CHECKS = ["HighCPU", "cpu usage", "disk_full", "DiskSpaceLow", "Quota exceeded", "quota-exceeded"];

const event = fc
  .record({
    host: fc.constantFrom(...HOSTS).chain((names) => fc.constantFrom(...names)),
    signature: fc.constantFrom(...CHECKS),
    tool_source: fc.constantFrom("zabbix", "Zabbix", "prometheus", "nagios"),
    severity: fc.constantFrom("critical", "high", "medium", "low" as const),
    message: fc.constantFrom("", "a", "b"),
    event_time: fc.option(fc.nat()),
  })
  .map(({ host, ...more }): Partial<NormalizedAlert> => ({ ...host, ...more }));

/** Some events, an order to take them in, and at which moments within one window. */
const shuffled = fc.array(event, { minLength: 2, maxLength: 25 }).chain((events) =>
  fc.tuple(
    fc.constant(events),
    fc.shuffledSubarray([...events.keys()], { minLength: events.length }),
    fc.array(fc.double({ min: 0, max: 14.9, noNaN: true }), {
      minLength: events.length,
      maxLength: events.length,
    }),
  ),
);

/** For each event, in the order of the list, the numbers of the events that came to the same incident. */
function partition(
  strategy: (typeof STRATEGIES)[number],
  events: Partial<NormalizedAlert>[],
  order: number[],
  times: number[],
) {
  const line = new Timeline({ strategy, window_minutes: 15 });
  const incidentOf = new Map<number, number | null | undefined>();
  const when = [...times].sort((a, b) => a - b);
  order.forEach((n, i) => {
    incidentOf.set(n, line.push(when[i] ?? 0, events[n]).alert?.incident);
  });
  return events.map((_, n) =>
    events.flatMap((__, m) => (incidentOf.get(n) === incidentOf.get(m) ? [m] : [])),
  );
}

describe("the order in which alerts arrive within one window", () => {
  it.each(STRATEGIES)("does not change who belongs together by %s", (strategy) => {
    fc.assert(
      fc.property(shuffled, ([events, order, times]) => {
        const inOrder = partition(strategy, events, [...events.keys()], times);
        expect(partition(strategy, events, order, times)).toEqual(inOrder);
        // All at one moment is no other.
        expect(
          partition(
            strategy,
            events,
            order,
            times.map(() => 0),
          ),
        ).toEqual(inOrder);
      }),
      { numRuns: 300 },
    );
  });

  it("does not change severity, counts, assets and tools of any incident", () => {
    const facts = (events: Partial<NormalizedAlert>[], order: number[]) => {
      const line = new Timeline({ strategy: "signature" });
      for (const n of order) line.push(0, events[n]);
      return line.incidents
        .map((i) => [
          i.signature,
          i.severity,
          i.alert_count,
          i.distinct,
          i.assets.length,
          i.tools.map((t) => t.toLowerCase()).sort(),
        ])
        .sort((a, b) => String(a[0]).localeCompare(String(b[0])));
    };
    fc.assert(
      fc.property(shuffled, ([events, order]) => {
        expect(facts(events, order)).toEqual(facts(events, [...events.keys()]));
      }),
    );
  });

  it("does not change whether an alert fires in the end: the newest word of its source counts", () => {
    const words = fc.uniqueArray(
      fc.record({ time: fc.integer({ min: 1, max: 900 }), firing: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 8,
        selector: (w) => w.time,
      },
    );
    const both = words.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(both, ([list, order]) => {
        const line = new Timeline();
        for (const { time, firing } of order) {
          line.push(0, { status: firing ? "firing" : "resolved", event_time: line.zero + time });
        }
        const newest = [...list].sort((a, b) => b.time - a.time)[0];
        const alert = line.alerts.at(-1);
        expect(alert?.status === "firing").toBe(newest?.firing);
        const open = line.incidents.filter((i) => i.firing > 0);
        expect(open).toHaveLength(newest?.firing ? 1 : 0);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Of hosts and tools that always say the same severity: a later word that differs would count, rightly. */
const SEVERITIES = ["critical", "high", "medium", "low"] as const;
const TOOLS = ["zabbix", "prometheus", "nagios"] as const;

const steady = fc
  .record({
    host: fc.nat(HOSTS.length - 1),
    name: fc.nat(2),
    tool: fc.nat(2),
    signature: fc.constantFrom(...CHECKS),
  })
  .map(({ host, name, tool, signature }): Partial<NormalizedAlert> => {
    const names = HOSTS[host] ?? [];
    const severity = SEVERITIES[(host + tool) % SEVERITIES.length];
    return { ...names[name % names.length], tool_source: TOOLS[tool], severity, signature };
  });

const inAnyOrder = (of: fc.Arbitrary<Partial<NormalizedAlert>>) =>
  fc.array(of, { minLength: 2, maxLength: 20 }).chain((events) =>
    fc.record({
      events: fc.constant(events),
      order: fc.shuffledSubarray([...events.keys()], { minLength: events.length }),
      times: fc.array(fc.double({ min: 0, max: 14.9, noNaN: true }), {
        minLength: events.length,
        maxLength: events.length,
      }),
      min_alerts: fc.integer({ min: 2, max: 5 }),
    }),
  );

describe("the order in which alerts arrive where several are wanted", () => {
  interface Arrival {
    strategy: (typeof STRATEGIES)[number];
    min_alerts: number;
    events: Partial<NormalizedAlert>[];
    order: number[];
    times: number[];
    /** Minute at which it is looked at. */
    until: number;
  }

  /** For each event those it is in one incident with, itself included; none while it waits. */
  function together({ strategy, min_alerts, events, order, times, until }: Arrival): number[][] {
    const line = new Timeline({ strategy, min_alerts, window_minutes: 15 });
    const when = [...times].sort((a, b) => a - b);
    const alerts = new Map(order.map((n, i) => [n, line.push(when[i] ?? 0, events[n]).alert]));
    line.advance(until);
    const of = (n: number) => alerts.get(n)?.incident ?? null;
    return events.map((_, n) =>
      of(n) === null ? [] : events.flatMap((__, m) => (of(m) === of(n) ? [m] : [])),
    );
  }

  it.each(STRATEGIES)("changes neither who waits nor who belongs together by %s", (strategy) => {
    let waiting = 0;
    let grouped = 0;
    fc.assert(
      fc.property(inAnyOrder(event), ({ order, ...rest }) => {
        const given = { ...rest, strategy, until: 14.9 };
        const inOrder = together({ ...given, order: [...rest.events.keys()] });
        expect(together({ ...given, order })).toEqual(inOrder);
        waiting += inOrder.filter((group) => group.length === 0).length;
        grouped += inOrder.filter((group) => group.length > 1).length;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(waiting, grouped)).toBeGreaterThan(100);
  });

  it.each(
    STRATEGIES,
  )("changes as little of what becomes of them when they have waited, by %s", (strategy) => {
    fc.assert(
      fc.property(inAnyOrder(steady), ({ order, ...rest }) => {
        const given = { ...rest, strategy, until: 60 };
        const inOrder = together({ ...given, order: [...rest.events.keys()] });
        expect(together({ ...given, order })).toEqual(inOrder);
      }),
      { numRuns: 300 },
    );
  });
});

describe("whatever comes", () => {
  const step = fc.record({
    wait: fc.double({ min: 0, max: 40, noNaN: true }),
    host: fc.constantFrom("web-01", "web-02", "unknown"),
    check: fc.constantFrom("HighCPU", "disk_full"),
    status: fc.constantFrom("firing", "resolved" as const),
    lag: fc.double({ min: -70, max: 10, noNaN: true }),
    act: fc.constantFrom(null, null, null, "acknowledge", "resolve", "reopen"),
  });

  it.each(STRATEGIES)("the books agree by %s", (strategy) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const line = new Timeline({ strategy });
        let minute = 0;
        for (const { wait, host, check, status, lag, act } of steps) {
          minute += wait;
          const event_time = line.zero + (minute + lag) * 60_000;
          line.push(minute, { asset_name: host, signature: check, status, event_time });
          const last = line.incidents.at(-1);
          if (last && act === "acknowledge") line.act(minute, last.seq, { type: act });
          if (last && act === "resolve") line.act(minute, last.seq, { type: act, notes: "" });
          if (last && act === "reopen") line.act(minute, last.seq, { type: act, reason: "" });
        }
        for (const incident of line.incidents) {
          const members = line.alerts.filter((a) => a.incident === incident.seq);
          expect(incident.members).toEqual(members.map((a) => a.seq));
          expect(incident.distinct).toBe(members.length);
          expect(incident.firing).toBe(members.filter((a) => a.status === "firing").length);
          expect(incident.quiet_since === null).toBe(incident.firing > 0);
          if (incident.firing > 0 && incident.status === "resolved")
            expect(incident.resolved_by).not.toBeNull();
        }
        for (const key of new Set(line.alerts.map((a) => a.key)))
          expect(line.store.alertByKey(key)).toBe(line.alerts.findLast((a) => a.key === key));
        for (const key of new Set(line.incidents.map((i) => i.agg_key)))
          expect(line.store.incidentByKey(key)).toBe(line.incidents.findLast((i) => i.agg_key === key));
      }),
      { numRuns: 300 },
    );
  });
});
