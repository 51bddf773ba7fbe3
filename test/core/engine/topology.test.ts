import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Timeline } from "../../support/timeline.ts";

/** web-01 needs app-01 needs db-01; other-01 needs nothing. */
function shop(settings: ConstructorParameters<typeof Timeline>[0] = {}): Timeline {
  const line = new Timeline(settings);
  const made = ["db-01", "app-01", "web-01", "other-01"].map(
    (name) => line.assets.resolve(name, null, line.zero).asset,
  );
  const details = {
    type: "server",
    ip: null,
    instance_id: null,
    os: null,
    environment: "production",
    tags: [],
    notes: null,
    source: "manual",
  } as const;
  made.forEach((asset, i) => {
    if (!asset) throw new Error("no asset");
    const depends_on = i === 1 || i === 2 ? [made[i - 1]?.id ?? 0] : [];
    line.assets.put({ ...asset, details: { ...details, tags: [], depends_on } });
  });
  return line;
}

describe("alerts of assets that depend on each other", () => {
  it("join the incident of what they depend on, however far up, and say the way", () => {
    const line = shop();
    line.push(0, { asset_name: "db-01", signature: "DiskFull" });
    const { outcome, alert } = line.push(2, { asset_name: "web-01", signature: "HTTP 5xx" });
    expect([outcome, alert?.incident]).toEqual(["joined", 1]);
    const why = alert?.why.find(({ rule }) => rule === "group.topology");
    expect(why?.text).toBe(
      "Joined: web-01 depends on app-01 depends on db-01, where trouble began 2 minutes ago.",
    );
    expect(line.push(3, { asset_name: "other-01" }).outcome).toBe("opened");
  });

  it("are taken in when the cause is heard of later", () => {
    const line = shop();
    line.push(0, { asset_name: "web-01", signature: "HTTP 5xx" });
    line.push(1, { asset_name: "db-01", signature: "DiskFull" });
    expect(line.incident(1)).toMatchObject({ status: "resolved", merged_into: 2, distinct: 0, firing: 0 });
    expect(line.incident(2)).toMatchObject({ status: "new", distinct: 2, firing: 2 });
    // What comes for the one that was taken in goes where it is now.
    line.recover(2, { asset_name: "web-01", signature: "HTTP 5xx" });
    expect(line.push(3, { asset_name: "web-01", signature: "HTTP 5xx" }).alert?.incident).toBe(2);
    expect(line.incident(1).status).toBe("resolved");
  });

  it("are left alone after the window, when a person has taken them, and where it is turned off", () => {
    const late = shop({ window_minutes: 5 });
    late.push(0, { asset_name: "db-01" });
    expect(late.push(6, { asset_name: "web-01" }).outcome).toBe("opened");

    const taken = shop();
    taken.push(0, { asset_name: "web-01" });
    taken.act(1, 1, { type: "acknowledge" });
    taken.push(2, { asset_name: "db-01" });
    expect(taken.incident(1).status).toBe("acknowledged");

    const off = shop({ topology: false });
    off.push(0, { asset_name: "db-01" });
    expect(off.push(1, { asset_name: "web-01" }).outcome).toBe("opened");
  });

  it("end where they end whatever came first", () => {
    const event = fc.record({
      asset_name: fc.constantFrom("db-01", "app-01", "web-01", "other-01"),
      signature: fc.constantFrom("DiskFull", "HTTP 5xx"),
    });
    const shuffled = fc
      .array(event, { minLength: 2, maxLength: 10 })
      .chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray([...events.keys()], { minLength: events.length })),
      );
    const partition = (events: { asset_name: string; signature: string }[], order: number[]) => {
      const line = shop();
      const alerts = new Map(order.map((n, i) => [n, line.push(i / 10, events[n]).alert]));
      return events.map((_, n) =>
        events.flatMap((__, m) => (alerts.get(n)?.incident === alerts.get(m)?.incident ? [m] : [])),
      );
    };
    fc.assert(
      fc.property(shuffled, ([events, order]) => {
        expect(partition(events, order)).toEqual(partition(events, [...events.keys()]));
      }),
      { numRuns: 300 },
    );
  });
});
