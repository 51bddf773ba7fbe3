import { describe, expect, it } from "vitest";
import { nagios } from "../../../core/adapters/nagios.ts";
import { canonicalSignature } from "../../../core/signature.ts";
import { keyOf, stored } from "../../support/adapted.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

const tags = (name: string) => Object.fromEntries(stored("nagios", name).tags);

describe("a notification of Nagios", () => {
  it("gives host, service, state, both outputs and the time it was sent", () => {
    expect(stored("nagios", "firing")).toMatchObject({
      status: "firing",
      asset_name: "mail-02",
      signature: "Mail queue",
      severity: "medium",
      message: "WARNING: 340 mails are waiting\ndeferred: 300\nactive: 40\nspool: C:\\new\\mail",
      event_time: 1_767_604_800_000,
      links: [{ label: "Nagios" }],
      flags: [],
    });
  });

  it("keeps groups and custom variables, never what may be a password", () => {
    expect(tags("firing")).toMatchObject({
      host_client: "Harbour Ltd",
      service_team: "messaging",
      host_groups: "mail,linux",
    });
    const all = JSON.stringify(stored("nagios", "firing"));
    expect(all).not.toContain("not-for-anybody");
    expect(all).not.toContain("secret");
  });

  it("is one problem from warning over critical and an acknowledgement to its recovery", () => {
    liveThrough("nagios", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["acknowledgement", "flapping-start", "downtime-start"],
      recovery: "recovery",
    });
  });

  it("of a host is one problem, though its problem id moves when it recovers", () => {
    liveThrough("nagios", {
      firing: "host-firing",
      noted: ["host-custom"],
      recovery: "host-recovery",
    });
    expect(keyOf(stored("nagios", "host-unreachable"))).toBe(keyOf(stored("nagios", "host-firing")));
    expect(stored("nagios", "host-unreachable").severity).toBe("high");
    const { asset_name, severity, signature } = stored("nagios", "host-firing");
    expect({ asset_name, severity }).toEqual({ asset_name: "mail-02", severity: "critical" });
    expect(canonicalSignature(signature).name).toBe("host_down");
  });

  it.each([
    ["acknowledgement", "acknowledged", "mara", "Der Filter läuft wieder an"],
    ["flapping-start", "flapping_started", null, "It started flapping."],
    ["downtime-start", "downtime_started", "mara", "Queue is moved"],
    ["host-custom", "comment", "mara", "Technician is on the way"],
  ])("of the kind %s is noted", (name, kind, by, text) => {
    expect(stored("nagios", name).update).toEqual({ kind, by, text });
  });

  it("says the same without the prefix", () => {
    const { tags: _, ...plain } = stored("nagios", "unprefixed");
    const { tags: __, ...prefixed } = stored("nagios", "firing");
    expect(plain).toEqual(prefixed);
  });

  it("of the script's --test is a test", () => {
    expect(stored("nagios", "test")).toMatchObject({ test: true, severity: "low", asset_name: "nagios-01" });
  });

  it("keeps texts as they are", () => keepsTexts("nagios"));

  it("without a type goes by the state, and says so; a macro left as it stands is none", () => {
    const body = { NAGIOS_HOSTNAME: "h", NAGIOS_SERVICEDESC: "$SERVICEDESC$", NAGIOS_HOSTSTATEID: "0" };
    expect(nagios.parse(body)).toMatchObject({
      items: [{ alert: { status: "resolved", signature: "Host down", flags: ["guessed_status"] } }],
    });
  });

  it("is told from what is none", () => {
    for (const body of [null, [], {}, "x", 7, { NAGIOS_SERVICEDESC: "PING" }])
      expect(nagios.parse(body)).toMatchObject({ fields: { NAGIOS_HOSTNAME: expect.any(String) } });
  });

  it("keeps two servers of one company apart that both watch a localhost", () => {
    const of = (source: string) => {
      const result = nagios.parse({ NAGIOS_HOSTNAME: "localhost", NAGIOS_HOSTSTATE: "DOWN", SOURCE: source });
      const item = "items" in result ? result.items[0] : undefined;
      return item && "alert" in item ? keyOf(item.alert) : "";
    };
    expect(of("berlin")).not.toBe(of("kiel"));
    expect(of("berlin")).toBe(of("berlin"));
  });
});

describe("captured from a real Nagios 4.4.6", () => {
  it("an acknowledgement and the recovery after it are of one service", () => {
    const ack = stored("nagios", "captured-service-acknowledgement");
    expect(ack.update).toEqual({ kind: "acknowledged", by: "jane", text: "schaue ich an" });
    expect(ack.signature).toBe("PostgreSQL: größe /var");
    expect(ack.message).toContain("\nzweite Zeile mit Details\ndritte Zeile");
    const recovery = stored("nagios", "captured-service-recovery");
    expect(recovery.status).toBe("resolved");
    expect(recovery.update).toBeUndefined();
    expect(keyOf(recovery)).toBe(keyOf(ack));
  });

  it("a host's recovery and the start of flapping while all is well", () => {
    expect(stored("nagios", "captured-host-recovery")).toMatchObject({
      status: "resolved",
      asset_name: "acme-db-01",
      tags: expect.arrayContaining([["host_client", "ACME"]]),
      links: [],
    });
    expect(stored("nagios", "captured-service-flappingstart").update?.kind).toBe("flapping_started");
  });
});
