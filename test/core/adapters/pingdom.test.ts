import { describe, expect, it } from "vitest";
import { pingdom } from "../../../core/adapters/pingdom.ts";
import { stored } from "../../support/adapted.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

describe("a webhook of Pingdom", () => {
  it("gives the host, the check, its importance and the time of the change", () => {
    expect(stored("pingdom", "firing")).toMatchObject({
      status: "firing",
      asset_name: "booking.example.net",
      signature: "Booking API",
      severity: "high",
      message: "HTTP Error 502\n502 Bad Gateway",
      event_time: 1_767_604_800_000,
      identity: [["check", "4410077"]],
      links: [
        { url: "https://my.pingdom.com/app/reports/uptime#check=4410077" },
        { url: "https://booking.example.net/health" },
      ],
      flags: [],
    });
    expect(stored("pingdom", "firing").tags).toContainEqual(["harbour", ""]);
  });

  it("is one problem by its check", () => {
    liveThrough("pingdom", {
      firing: "firing",
      repeat: "repeat",
      noted: ["acknowledgement"],
      recovery: "recovery",
    });
    expect(stored("pingdom", "severity-change").severity).toBe("low");
  });

  it("of a transaction fails and succeeds", () => {
    liveThrough("pingdom", { firing: "transaction-failing", recovery: "transaction-success" });
  });

  it("with the values of the documentation is a test", () => {
    expect(stored("pingdom", "test")).toMatchObject({ test: true });
  });

  it("keeps texts as they are", () => keepsTexts("pingdom"));

  it("is told from what is none", () => {
    expect(pingdom.parse({ tags: [] })).toMatchObject({ fields: { check_id: "is required" } });
  });
});
