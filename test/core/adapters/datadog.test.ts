import { describe, expect, it } from "vitest";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";

describe("Datadog's webhook", () => {
  it("by our template gives host, check, priority, text, time and link", () => {
    expect(stored("datadog", "firing")).toMatchObject({
      status: "firing",
      asset_name: "web-07",
      signature: "CPU is high",
      severity: "high",
      message: "CPU of web-07 has been above 90 % for 5 minutes.",
      event_time: 1_767_603_600_000,
      links: [{ label: "Datadog", url: "https://app.datadoghq.eu/event/event?id=7712003456789012345" }],
      flags: [],
    });
  });

  it("takes what its own title says where macros stayed as they were", () => {
    const alert = stored("datadog", "unfilled-macros");
    expect(alert).toMatchObject({ asset_name: "web-07", severity: "high", event_time: null, links: [] });
    expect(JSON.stringify(alert)).not.toContain("$");
  });

  it("by the default template is told apart by the title alone, and shorn of markdown", () => {
    const firing = stored("datadog", "default-firing");
    expect(firing).toMatchObject({
      status: "firing",
      asset_name: "db-02",
      signature: "Replication lag",
      severity: "medium",
    });
    expect(firing.message).toMatch(/^The replica is 240 s behind\./);
    expect(firing.message).not.toMatch(/%%%|snapshot|@webhook|\]\(/);
    const over = stored("datadog", "default-resolved");
    expect(over.status).toBe("resolved");
    expect(keyOf(over)).toBe(keyOf(firing));
  });

  it.each([
    ["Triggered", "firing"],
    ["Re-Triggered", "firing"],
    ["Warn", "firing"],
    ["Re-Warn", "firing"],
    ["No Data", "firing"],
    ["Re-No Data", "firing"],
    ["Renotify", "firing"],
    ["Recovered", "resolved"],
  ])("that is %s is %s", (transition, status) => {
    const body = { ...(fixture("datadog", "firing") as object), alert_transition: transition };
    expect(adapted("datadog", body)[0]).toMatchObject({ status, flags: [] });
    const title = { title: `[P1] [${transition} on {host:a-1}] Disk`, body: "x" };
    expect(adapted("datadog", title)[0]).toMatchObject({
      status,
      asset_name: "a-1",
      signature: "Disk",
      severity: "critical",
    });
  });

  it("is as severe as its kind where the monitor has no priority", () => {
    expect(stored("datadog", "unicode")).toMatchObject({ severity: "medium", asset_name: "büro-ñ-東京" });
  });

  it("of two hosts is two alerts", () => {
    const body = fixture("datadog", "firing") as Record<string, unknown>;
    const other = { ...body, hostname: "web-08", alert_scope: "host:web-08", aggregation_key: "other" };
    expect(keyOf(adapted("datadog", other)[0] ?? stored("datadog", "firing"))).not.toBe(
      keyOf(stored("datadog", "firing")),
    );
  });
});
