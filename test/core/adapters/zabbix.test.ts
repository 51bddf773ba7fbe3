import { describe, expect, it } from "vitest";
import { zabbix } from "../../../core/adapters/zabbix.ts";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

const base = fixture("zabbix", "firing") as Record<string, string>;
const one = (more: Record<string, unknown>) => adapted("zabbix", { ...base, ...more })[0]!;

describe("a notification of our media type", () => {
  it("gives technical host, event, severity, message and link", () => {
    expect(stored("zabbix", "firing")).toMatchObject({
      status: "firing",
      asset_name: "srv-files-03",
      signature: "Disk space is low on /srv (used 91 %)",
      severity: "medium",
      message: "Disk space is low on /srv.\nSpace used: 1.8 of 2 TB (91 %)",
      caller_key: "https://zabbix.example.net|88120",
      event_time: 1_767_604_800_000,
      family: "https://zabbix.example.net|23104",
      links: [{ url: "https://zabbix.example.net/tr_events.php?triggerid=23104&eventid=88120" }],
      flags: [],
      tags: expect.arrayContaining([
        ["component", "storage"],
        ["host_name", "Fileserver 3 (Kiel)"],
      ]),
    });
  });

  it("is one problem under its event id, from problem to recovery", () => {
    liveThrough("zabbix", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change-resent",
      noted: ["severity-change", "acknowledgement", "comment", "suppressed"],
      recovery: "recovery",
    });
    expect(stored("zabbix", "recovery").event_time).toBe(1_767_608_000_000);
  });

  it.each([
    ["acknowledgement", "acknowledged", "Räume auf."],
    ["severity-change", "other", "changed severity from Average to Disaster"],
    ["comment", "comment", "New disks are ordered"],
    ["suppressed", "downtime_started", "suppressed until 18:00"],
  ])("of the kind %s is noted", (name, kind, text) => {
    expect(stored("zabbix", name).update).toEqual({ kind, by: "Mara Lind (mara)", text });
  });

  it("says what was done besides the words that came with it", () => {
    const more = {
      event_update_status: "1",
      event_update_action: "acknowledged, commented and changed severity from Average to High",
      event_update_message: "on it",
    };
    expect(one(more).update).toMatchObject({
      kind: "acknowledged",
      text: "acknowledged, commented and changed severity from Average to High: on it",
    });
  });

  it("takes its severity from 0 to 5", () => {
    const of = (n: string) => one({ event_nseverity: n }).severity;
    expect(["0", "1", "2", "3", "4", "5"].map(of)).toEqual([
      "low",
      "low",
      "medium",
      "medium",
      "high",
      "critical",
    ]);
  });

  it("takes a macro that has no value for no value", () => {
    const plain = one({ event_id: "{EVENT.ID}", zabbix_url: "{$ZABBIX.URL}", host_ip: "*UNKNOWN*" });
    expect(plain).toMatchObject({
      caller_key: null,
      identity: [
        ["trigger", "23104"],
        ["host", "srv-files-03"],
      ],
      links: [],
    });
    expect(JSON.stringify(plain)).not.toMatch(/\{[A-Z$]|UNKNOWN/);
  });

  it("of the Test button, all macros as they stand, is a test", () => {
    expect(stored("zabbix", "test")).toMatchObject({ test: true, severity: "low", caller_key: null });
    expect(stored("zabbix", "test").update).toBeUndefined();
  });

  it("keeps texts as they are", () => keepsTexts("zabbix"));
});

describe("a webhook script of somebody's own", () => {
  it("is read whatever the case of its names; what was only guessed at is said", () => {
    expect(stored("zabbix", "own-template")).toMatchObject({
      status: "firing",
      asset_name: "edge-router-2",
      signature: "Interface eth2: Link down",
      severity: "high",
      caller_key: "5501",
      flags: ["guessed_asset", "guessed_signature"],
      tags: expect.arrayContaining([
        ["interface", "eth2"],
        ["vip", ""],
      ]),
    });
    liveThrough("zabbix", { firing: "own-template", recovery: "own-template-recovery" });
  });

  it("that was made for a chat has its ids in the link", () => {
    expect(stored("zabbix", "chat-template")).toMatchObject({
      asset_name: "intranet.example.net",
      caller_key: "90533",
      severity: "medium",
      links: [{ label: "Zabbix" }],
    });
  });

  it("goes by words where it sends no numbers", () => {
    const of = (more: Record<string, string>) =>
      adapted("zabbix", { event_name: "x", host_host: "h", ...more })[0]!;
    expect(of({ status: "RESOLVED" }).status).toBe("resolved");
    expect(of({ status: "OK" }).status).toBe("resolved");
    expect(of({ severity: "Disaster", status: "PROBLEM" })).toMatchObject({
      severity: "critical",
      flags: [],
    });
    expect(of({ severity: "Not classified", status: "1" }).severity).toBe("low");
    expect(of({}).flags).toEqual(["guessed_status", "no_severity"]);
  });

  it("without a name of what is wrong is refused, naming the field", () => {
    expect(zabbix.parse({ host_host: "h", event_value: "1" })).toEqual({
      items: [{ fields: { event_name: expect.any(String) } }],
      many: false,
    });
    expect(zabbix.parse([])).toMatchObject({ fields: { body: "must be an object" } });
  });

  it("of two Zabbix servers keeps their event ids apart", () => {
    expect(keyOf(one({ zabbix_url: "https://a.example" }))).not.toBe(
      keyOf(one({ zabbix_url: "https://b.example" })),
    );
  });
});
