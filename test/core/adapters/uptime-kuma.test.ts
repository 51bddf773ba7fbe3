import { describe, expect, it } from "vitest";
import { uptimeKuma } from "../../../core/adapters/uptime-kuma.ts";
import { adapted, stored } from "../../support/adapted.ts";
import { fixturesOf } from "../../support/fixtures.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

describe("a notification of Uptime Kuma", () => {
  it("gives the monitored host, the monitor, its severity tag and the time as UTC", () => {
    expect(stored("uptime-kuma", "firing")).toMatchObject({
      status: "firing",
      asset_name: "shop.example.net",
      signature: "Shop checkout",
      severity: "critical",
      message: "connect ECONNREFUSED 192.0.2.80:443",
      event_time: Date.parse("2026-01-05T09:00:00.250Z"),
      links: [{ url: "https://shop.example.net/checkout" }],
      flags: [],
    });
  });

  it("never keeps what the monitor's configuration holds besides", () => {
    for (const [name, body] of fixturesOf("uptime-kuma")) {
      const kept = JSON.stringify(adapted("uptime-kuma", body));
      expect(kept, name).not.toMatch(/s3cret|very-secret|hunter2|oh-no|postgres:|pt-123|abc123/);
    }
  });

  it("is one problem by its monitor", () => {
    liveThrough("uptime-kuma", {
      firing: "firing",
      repeat: "repeat",
      noted: ["acknowledgement", "pending"],
      recovery: "recovery",
    });
    expect(stored("uptime-kuma", "severity-change").severity).toBe("low");
  });

  it("of maintenance and of a retry is noted", () => {
    expect(stored("uptime-kuma", "acknowledgement").update?.kind).toBe("downtime_started");
    expect(stored("uptime-kuma", "pending").update?.kind).toBe("other");
  });

  it("without heartbeat and monitor is a test, or the warning of a certificate", () => {
    expect(stored("uptime-kuma", "test")).toMatchObject({ test: true });
    const certificate = stored("uptime-kuma", "certificate");
    expect(certificate).toMatchObject({
      status: "firing",
      asset_name: "shop.example.net",
      signature: "Certificate expiring",
      severity: "medium",
    });
    expect(certificate.test).toBeUndefined();
  });

  it("without a severity tag is medium, and says so; a preset address is no host", () => {
    expect(stored("uptime-kuma", "unicode")).toMatchObject({
      severity: "medium",
      flags: ["no_severity"],
      asset_name: "größe.example.net",
    });
  });

  it("as a form is the same alert", () => {
    expect(stored("uptime-kuma", "form")).toEqual(stored("uptime-kuma", "firing"));
  });

  it("by a template of somebody's own is read from the message", () => {
    const monitor = { id: 4, name: "Ping", hostname: "gw-1" };
    const of = (msg: string) => adapted("uptime-kuma", { monitor, msg })[0];
    expect(of("[Ping] [✅ Up] 12 ms")).toMatchObject({
      status: "resolved",
      flags: ["guessed_status", "no_severity"],
    });
    expect(of("[Ping] [🔴 Down] no answer")).toMatchObject({ status: "firing" });
  });

  it("keeps texts as they are", () => keepsTexts("uptime-kuma"));

  it("is told from what is none", () => {
    for (const body of [null, {}, [], { data: "{" }])
      expect(uptimeKuma.parse(body)).toMatchObject({ fields: { heartbeat: expect.any(String) } });
  });
});
