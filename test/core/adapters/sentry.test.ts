import { describe, expect, it } from "vitest";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { keyOf, stored } from "../../support/adapted.ts";

describe("Sentry's integration", () => {
  it("gives project, title, level, culprit and issue", () => {
    expect(stored("sentry", "firing", { "sentry-hook-resource": "issue" })).toMatchObject({
      status: "firing",
      asset_name: "shop-backend",
      signature: "TimeoutError: payment gateway",
      severity: "high",
      caller_key: "5512009911",
      event_time: Date.parse("2026-01-05T09:00:00.123Z"),
      flags: [],
    });
  });

  it("dates what happened to an issue by the delivery, not by its newest event", () => {
    const headers = { "sentry-hook-resource": "issue", "sentry-hook-timestamp": "1767604800" };
    expect(stored("sentry", "recovery", headers).event_time).toBe(1_767_604_800_000);
    expect(stored("sentry", "recovery").event_time).toBeNull();
  });

  it.each([
    ["assigned", "assigned", "Mara Lind"],
    ["archived", "other", "Mara Lind"],
    ["ignored", "other", "Mara Lind"],
    ["comment", "comment", "Mara Lind"],
  ])("notes that an issue was %s", (name, kind, by) => {
    const alert = stored("sentry", name, {
      "sentry-hook-resource": name === "comment" ? "comment" : "issue",
    });
    expect(alert.update).toMatchObject({ kind, by });
    expect(keyOf(alert)).toBe(keyOf(stored("sentry", "firing")));
  });

  it("by an alert rule names the server and is the same issue", () => {
    const alert = stored("sentry", "event-alert", { "sentry-hook-resource": "event_alert" });
    expect(alert).toMatchObject({
      status: "firing",
      asset_name: "pay-03",
      message: "payment gateway did not answer within 30 s",
    });
    expect(keyOf(alert)).toBe(keyOf(stored("sentry", "firing")));
  });

  it("finds issue and project in the addresses of older versions", () => {
    expect(stored("sentry", "event-alert-without-issue-id")).toMatchObject({
      caller_key: "5512009911",
      asset_name: "shop-backend",
    });
  });

  it("by the plugin of before is the same issue", () => {
    const alert = stored("sentry", "legacy-plugin");
    expect(alert).toMatchObject({
      asset_name: "pay-04",
      severity: "high",
      signature: "TimeoutError: payment gateway",
    });
    expect(keyOf(alert)).toBe(keyOf(stored("sentry", "firing")));
  });

  it("follows a metric alert from warning to critical to its end", () => {
    const [warning, critical, over] = ["warning", "critical", "resolved"].map((name) =>
      stored("sentry", `metric-alert-${name}`),
    );
    expect(warning).toMatchObject({ status: "firing", severity: "medium", asset_name: "shop-frontend" });
    expect(critical).toMatchObject({ status: "firing", severity: "critical" });
    expect(over).toMatchObject({ status: "resolved" });
    expect(new Set([warning, critical, over].map((alert) => alert && keyOf(alert))).size).toBe(1);
  });

  it("refuses what is no alert, and says what it looked for", () => {
    const body = { action: "created", data: { installation: { status: "installed" } } };
    const result = ADAPTERS.get("sentry")?.parse(body, () => "installation");
    expect(result).toMatchObject({ fields: { data: expect.stringContaining("issue") } });
  });
});
