import { describe, expect, it } from "vitest";
import { keyOf, stored } from "../../support/adapted.ts";

describe("Google Cloud Monitoring's webhook", () => {
  it("gives the machine's name, policy and condition, severity, summary and time", () => {
    expect(stored("gcp", "firing")).toMatchObject({
      status: "firing",
      asset_name: "web-06",
      signature: "Hosts: VM Instance - CPU utilization",
      severity: "medium",
      caller_key: "0.mx1a2b3c4d5e",
      event_time: 1_767_603_600_000,
      flags: [],
    });
    expect(stored("gcp", "recovery")).toMatchObject({ status: "resolved", event_time: 1_767_604_800_000 });
  });

  it("of version 1.1 names the machine outright", () => {
    expect(stored("gcp", "v1-1-open")).toMatchObject({
      asset_name: "web-88",
      signature: "Webserver: CPU usage",
    });
  });

  it("of version 1.0 writes paths and a severity in its labels", () => {
    expect(stored("gcp", "v1-0-open")).toMatchObject({
      asset_name: "shop-web",
      signature: "errors: 5xx rate",
      severity: "critical",
      event_time: null,
    });
  });

  it("whose state is in capitals and whose end is 0 fires all the same", () => {
    expect(stored("gcp", "open-ended-at-zero")).toMatchObject({ status: "firing", flags: ["no_severity"] });
  });

  it("with the machine in the filter alone says that it guessed", () => {
    expect(stored("gcp", "host-in-filter-only")).toMatchObject({
      asset_name: "4382015567",
      flags: ["guessed_asset"],
    });
  });

  it("that is acknowledged is noted", () => {
    expect(stored("gcp", "acknowledgement").update).toMatchObject({ kind: "acknowledged" });
    expect(keyOf(stored("gcp", "acknowledgement"))).toBe(keyOf(stored("gcp", "firing")));
  });
});
