import { describe, expect, it } from "vitest";
import { icinga2 } from "../../../core/adapters/icinga2.ts";
import { canonicalSignature } from "../../../core/signature.ts";
import { keyOf, stored } from "../../support/adapted.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

describe("a notification of Icinga 2", () => {
  it("gives host, service, state, the whole output and the time", () => {
    expect(stored("icinga2", "firing")).toMatchObject({
      status: "firing",
      asset_name: "db-11.example.net",
      signature: "postgres",
      severity: "medium",
      message: "WARNING - 180 of 200 connections\nidle: 150",
      event_time: 1_767_604_800_000,
      flags: [],
      tags: expect.arrayContaining([
        ["service_display_name", "PostgreSQL: Verbindungen"],
        ["host_client", "Harbour Ltd"],
      ]),
    });
  });

  it("is one problem, though a worse state comes as a second problem without a recovery", () => {
    liveThrough("icinga2", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["acknowledgement", "flapping-end", "downtime-removed"],
      recovery: "recovery",
    });
  });

  it("of a host is host_down", () => {
    liveThrough("icinga2", { firing: "host-firing", recovery: "host-recovery" });
    expect(canonicalSignature(stored("icinga2", "host-firing").signature).name).toBe("host_down");
    expect(stored("icinga2", "host-firing").severity).toBe("critical");
  });

  it.each([
    ["acknowledgement", "acknowledged"],
    ["flapping-end", "flapping_stopped"],
    ["downtime-removed", "downtime_ended"],
  ])("of the kind %s is noted", (name, kind) => {
    expect(stored("icinga2", name).update?.kind).toBe(kind);
  });

  it("of the script's --test is a test", () => {
    expect(stored("icinga2", "test")).toMatchObject({ test: true, severity: "low" });
  });

  it("keeps texts as they are", () => keepsTexts("icinga2"));

  it("is told from what is none", () => {
    for (const body of [null, [], {}, { ICINGA_SERVICENAME: "x" }])
      expect(icinga2.parse(body)).toMatchObject({ fields: { ICINGA_HOSTNAME: expect.any(String) } });
  });
});

describe("captured from a real Icinga 2.13.6", () => {
  it("warning, acknowledgement of the critical, and recovery are one alert", () => {
    const told = ["service-warning", "service-acknowledgement", "service-recovery"].map((name) =>
      stored("icinga2", `captured-${name}`),
    );
    expect(new Set(told.map(keyOf)).size).toBe(1);
    expect(told[0]).toMatchObject({
      status: "firing",
      asset_name: "acme-web-01",
      signature: "disk /",
      severity: "medium",
      event_time: Date.parse("2026-11-21T00:30:15Z"),
    });
    expect(told[1]?.update).toEqual({ kind: "acknowledged", by: "jane", text: "bin dran – größe" });
    expect(told[2]?.status).toBe("resolved");
  });

  it("a custom notification while the host is down is no new problem", () => {
    expect(stored("icinga2", "captured-host-custom").update).toEqual({
      kind: "comment",
      by: "jane",
      text: "test custom",
    });
    expect(keyOf(stored("icinga2", "captured-host-custom"))).toBe(
      keyOf(stored("icinga2", "captured-host-recovery")),
    );
  });
});
