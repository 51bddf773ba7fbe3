import { describe, expect, it } from "vitest";
import { MESSAGE_MAX, NAME_MAX } from "../../../core/adapters/adapter.ts";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";
import { pathsOf, withValue } from "../../support/mutate.ts";
import { Timeline } from "../../support/timeline.ts";

const TOOLS = ["datadog", "grafana", "newrelic", "dynatrace", "azure", "gcp", "sentry", "elastic"];

/** The alerts of a stored body arrive, in the order of the body. */
function deliver(line: Timeline, minute: number, tool: string, name: string): void {
  for (const alert of adapted(tool, fixture(tool, name))) line.push(minute, { ...alert, event_time: null });
}

describe.each(TOOLS)("the life of a problem at %s", (tool) => {
  it("is one incident that gets worse and closes when the tool says so", () => {
    const line = new Timeline({ resolve_delay_minutes: 3 });
    deliver(line, 0, tool, "firing");
    const before = line.incident(1).severity;
    deliver(line, 2, tool, "repeat");
    expect(line.incidents).toHaveLength(1);
    expect(line.incident(1)).toMatchObject({ status: "new", alert_count: 2, firing: 1 });
    deliver(line, 4, tool, "severity-change");
    expect(line.incidents).toHaveLength(1);
    expect(line.alerts).toHaveLength(1);
    expect(line.incident(1).severity).not.toBe(before);
    expect(line.incident(1).severity).toBe("critical");
    deliver(line, 10, tool, "recovery");
    expect(line.alerts[0]).toMatchObject({ status: "resolved" });
    line.advance(14);
    expect(line.incident(1).status).toBe("resolved");
  });

  it("has the same key all the way", () => {
    const keys = ["firing", "repeat", "severity-change", "recovery"].flatMap((name) =>
      adapted(tool, fixture(tool, name)).map(keyOf),
    );
    expect(new Set(keys).size).toBe(1);
  });
});

describe.each([...TOOLS, "splunk"])("a notification of %s", (tool) => {
  it("keeps umlauts, other scripts and emoji", () => {
    const alert = stored(tool, "unicode");
    expect(alert.asset_name).toMatch(/東京|zürich/);
    expect(`${alert.signature} ${alert.message}`).toMatch(/[^\p{ASCII}]/u);
    expect(keyOf(alert)).not.toContain("undefined");
  });

  it("is cut where a text is longer than fits, and says so", () => {
    const body = fixture(tool, "firing");
    const flags: string[] = [];
    for (const path of pathsOf(body)) {
      const at = path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body);
      if (typeof at !== "string" || path.at(-1) === "status") continue;
      for (const alert of adaptedOrNone(tool, withValue(body, path, `${at} ${"💾 ".repeat(20_000)}`))) {
        expect(alert.message.length).toBeLessThanOrEqual(MESSAGE_MAX);
        expect(alert.asset_name.length).toBeLessThanOrEqual(NAME_MAX);
        expect(alert.signature.length).toBeLessThanOrEqual(NAME_MAX);
        expect(alert.message).not.toMatch(/[\uD800-\uDBFF]$/);
        flags.push(...alert.flags);
      }
    }
    expect(flags).toContain("message_cut");
  });
});

function adaptedOrNone(tool: string, body: unknown) {
  try {
    return adapted(tool, body);
  } catch {
    return [];
  }
}

describe("a test notification", () => {
  it.each([
    ["datadog", "test"],
    ["grafana", "test"],
    ["newrelic", "test"],
    ["newrelic", "legacy-test"],
    ["dynatrace", "test"],
    ["azure", "test"],
    ["gcp", "test"],
    ["sentry", "test"],
    ["elastic", "test"],
  ])("of %s (%s) is marked as one", (tool, name) => {
    expect(stored(tool, name).test).toBe(true);
  });

  it("of the old Grafana is, in each of its series", () => {
    const series = adapted("grafana", fixture("grafana", "legacy-test"));
    expect(series.map((alert) => alert.test)).toEqual([true, true]);
  });

  it.each(TOOLS)("is nothing that %s fires for real", (tool) => {
    expect(stored(tool, "firing").test).toBeUndefined();
  });
});

describe("what opens no problem", () => {
  it.each([
    ["newrelic", "acknowledgement"],
    ["gcp", "acknowledgement"],
    ["sentry", "assigned"],
    ["sentry", "archived"],
    ["sentry", "comment"],
  ])("%s: %s is noted on what fires, which goes on", (tool, name) => {
    const line = new Timeline();
    deliver(line, 0, tool, name);
    expect(line.incidents).toHaveLength(0);
    deliver(line, 1, tool, "firing");
    deliver(line, 2, tool, name);
    expect(line.incidents).toHaveLength(1);
    expect(line.incident(1)).toMatchObject({ status: "new", alert_count: 1, firing: 1 });
  });

  it.each(["legacy-paused", "legacy-pending"])("the old Grafana: %s", (name) => {
    const line = new Timeline();
    deliver(line, 0, "grafana", name);
    expect(line.incidents).toHaveLength(0);
  });

  it.each(TOOLS)("%s: its test notification", (tool) => {
    const line = new Timeline();
    deliver(line, 0, tool, "test");
    expect(line.incidents).toHaveLength(0);
  });
});

describe("the old Grafana", () => {
  it("says ok without a series, which ends all three that fired, and no other rule's", () => {
    const line = new Timeline({ resolve_delay_minutes: 3 });
    deliver(line, 0, "grafana", "legacy-three-series");
    const [other] = adapted("grafana", { ...(fixture("grafana", "legacy-firing") as object), ruleId: 99 });
    line.push(1, { ...other, event_time: null });
    expect(line.alerts.map((alert) => alert.status)).toEqual(["firing", "firing", "firing", "firing"]);
    deliver(line, 5, "grafana", "legacy-ok");
    expect(line.alerts.map((alert) => alert.status)).toEqual(["resolved", "resolved", "resolved", "firing"]);
  });
});

it("a merged problem of Dynatrace ends, the one it went into goes on", () => {
  const line = new Timeline({ resolve_delay_minutes: 3 });
  deliver(line, 0, "dynatrace", "firing");
  deliver(line, 5, "dynatrace", "merged");
  line.advance(9);
  expect(line.incident(1).status).toBe("resolved");
});
