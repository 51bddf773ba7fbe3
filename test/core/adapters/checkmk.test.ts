import { describe, expect, it } from "vitest";
import { checkmk } from "../../../core/adapters/checkmk.ts";
import { canonicalSignature } from "../../../core/signature.ts";
import { keyOf, stored } from "../../support/adapted.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

describe("a notification of Checkmk", () => {
  it("gives host, service, state, output, site and the time in microseconds", () => {
    expect(stored("checkmk", "firing")).toMatchObject({
      status: "firing",
      asset_name: "files-03",
      signature: "Filesystem /srv",
      severity: "medium",
      event_time: 1_767_604_800_123,
      tags: expect.arrayContaining([
        ["site", "prod"],
        ["check", "check_mk-df"],
        ["host_client", "Harbour Ltd"],
      ]),
      links: [{ label: "Checkmk" }],
      flags: [],
    });
    expect(stored("checkmk", "firing").message).toContain("\ntrend per 1 day");
  });

  it("is one problem from warning to recovery", () => {
    liveThrough("checkmk", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["acknowledgement", "downtime-cancelled"],
      recovery: "recovery",
    });
  });

  it("of a plug-in of the community has the same key as ours", () => {
    const ours = stored("checkmk", "host-firing");
    const theirs = stored("checkmk", "plugin-host-recovery");
    expect(theirs).toMatchObject({
      status: "resolved",
      asset_name: "files-03",
      message: "Packet received via smart PING",
      event_time: Date.parse("2026-01-05T09:20:00Z"),
    });
    expect(keyOf(theirs)).toBe(keyOf(ours));
    expect(canonicalSignature(ours.signature).name).toBe("host_down");
  });

  it("of the script's --test is a test; an acknowledgement is noted", () => {
    expect(stored("checkmk", "test")).toMatchObject({ test: true });
    expect(stored("checkmk", "acknowledgement").update).toEqual({
      kind: "acknowledged",
      by: "mara",
      text: "Platz wird geschaffen",
    });
  });

  it("keeps texts as they are", () => keepsTexts("checkmk"));

  it("is told from what is none", () => {
    expect(checkmk.parse({ WHAT: "HOST" })).toMatchObject({
      fields: { NOTIFY_HOSTNAME: expect.any(String) },
    });
  });
});
