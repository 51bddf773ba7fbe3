import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../../core/alert.ts";
import { dryRun } from "../../../core/engine/dry-run.ts";
import { alertOf } from "../../support/alert.ts";
import { at, Timeline } from "../../support/timeline.ts";

const tried = (line: Timeline, minute: number, alert: Partial<NormalizedAlert> = {}) =>
  dryRun(line.context(), alertOf(alert), at(minute));

const step = fc.record({
  minutes: fc.constantFrom(0, 1, 10, 20, 40, 1500),
  alert: fc.record({
    asset_name: fc.constantFrom("web-01", "WEB-01:9100", "web-01.acme.local", "db-01", "unknown", ""),
    signature: fc.constantFrom("HighCPU", "cpu usage", "disk_full"),
    status: fc.constantFrom("firing", "firing", "resolved" as const),
    tool_source: fc.constantFrom("zabbix", "prometheus"),
  }),
});

/** What a sentence has to say of each outcome. */
const SAYS: Record<string, RegExp> = {
  repeated: /repeat of/,
  opened: /open an incident of its own|placed when it comes/,
  joined: /would join|fire again/,
  reopened: /reopen/,
  // A recovery is one, too, where its alert is closed already.
  resolved: /would close the alert|close nothing/,
  waiting: /close nothing/,
  recorded: /close nothing/,
};

describe("trying an alert that nobody has sent", () => {
  it.each([
    "asset|signature",
    "asset|signature|tool",
    "signature",
    "asset",
  ] as const)("says what then becomes of it, and changes nothing: %s", (strategy) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const line = new Timeline({ strategy });
        let minute = 0;
        for (const { minutes, alert } of steps) {
          minute += minutes;
          line.advance(minute);
          const before = JSON.stringify([line.alerts, line.incidents, line.assets.all()]);
          const said = tried(line, minute, alert);
          expect(JSON.stringify([line.alerts, line.incidents, line.assets.all()])).toBe(before);
          const became = line.push(minute, alert);
          expect(said.would).toMatch(SAYS[became.outcome] ?? /never/);
          if (said.alert) expect(said.alert.key).toBe(line.store.alertByKey(said.alert.key)?.key);
          if (became.outcome === "joined" || became.outcome === "reopened")
            expect(said.incident?.seq).toBe(became.alert?.incident);
          if (became.alert?.asset_key && became.outcome === "opened")
            expect(said.asset).toBe(became.alert.asset_key);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("shows the keys as people read them, and why", () => {
    const line = new Timeline();
    expect(tried(line, 0, { asset_name: "WEB-01:9100", signature: "cpu usage" })).toMatchObject({
      asset: "web-01",
      signature: "high_cpu_usage",
      dedup: { key: "test|check|web-01|cpu usage", text: expect.stringContaining("asset and signature") },
      group: { key: "asset|signature|web-01|high_cpu_usage" },
      alert: null,
      incident: null,
    });
    expect(tried(line, 0, { asset_name: "", caller_key: "abc" })).toMatchObject({
      asset: "",
      dedup: { key: "test|key|abc" },
      group: { key: null, text: "Could not group by asset|signature: asset is missing, so it stands alone." },
    });
  });

  it("knows what would wait for others of its key, and when they are enough", () => {
    const line = new Timeline({ min_alerts: 2, strategy: "signature" });
    expect(tried(line, 0).would).toContain("would wait for others of its key");
    expect(tried(line, 0, { severity: "critical" }).would).toContain("open an incident of its own");
    expect(line.push(0).outcome).toBe("held");
    expect(tried(line, 1, { asset_name: "web-02" }).would).toContain("open an incident of its own");
    expect(line.push(1, { asset_name: "web-02" }).outcome).toBe("opened");
  });

  it("knows what is only noted or kept", () => {
    const line = new Timeline({ strategy: "smart" });
    expect(tried(line, 0, { heartbeat: true }).would).toContain("sign of life");
    expect(tried(line, 0, { test: true }).would).toContain("own test");
    const smart = tried(line, 0);
    expect(smart.group.key).toBeNull();
    expect(smart.would).toBe("It would be placed when it comes.");
    line.push(0);
    const update = { kind: "acknowledged", by: "Ada", text: "" } as const;
    expect(tried(line, 1, { update })).toMatchObject({
      would: "It would be noted on the alert it speaks of.",
    });
  });
});
