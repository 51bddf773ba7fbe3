import { describe, expect, it } from "vitest";
import { Company, HOUR, MINUTE, SECOND, START } from "./company.ts";

describe("where the smart strategy puts an alert", () => {
  it("joins what fails around it in the dependency map, and says since when", () => {
    const company = new Company();
    company.quietDay();
    const opened = company.alert(START, "db-01", "disk_full");
    expect(company.alert(START + 40 * SECOND, "app-01", "http_5xx")).toBe(opened);
    expect(company.rules[0]).toBe("smart.neighbour");
    expect(company.why[0]).toBe(
      "Joined: app-01 and db-01 depend on each other, and db-01 began to fail 40 seconds before.",
    );
    expect(company.alert(START + 70 * SECOND, "web-02", "http_5xx")).toBe(opened);
  });

  it("joins the same check on another asset", () => {
    const company = new Company();
    company.quietDay();
    const opened = company.alert(START, "ws-01", "share_unavailable");
    expect(company.alert(START + 20 * SECOND, "ws-02", "share_unavailable")).toBe(opened);
    expect(company.rules[0]).toBe("smart.same_signature");
  });

  it("joins what the tool itself put together", () => {
    const company = new Company();
    company.quietDay();
    const opened = company.alert(START, "ws-01", "agent_lost", { group: "P-7" });
    expect(company.alert(START + 90 * SECOND, "nas-01", "disk_full", { group: "P-7" })).toBe(opened);
    expect(company.rules[0]).toBe("smart.tool_group");
    expect(company.alert(START + 95 * SECOND, "ups-01", "on_battery", { group: "P-8" })).not.toBe(opened);
  });

  it("never joins by time alone", () => {
    const company = new Company();
    company.quietDay();
    const one = company.alert(START, "ws-01", "disk_full");
    const two = company.alert(START, "fw-09", "vpn_down");
    const three = company.alert(START + 1, "nas-01", "backup_failed");
    expect(new Set([one, two, three]).size).toBe(3);
    expect(company.rules).toEqual(["smart.alone"]);
  });

  it("takes a burst over the company as evidence only far above its background, and says both numbers", () => {
    const company = new Company();
    company.quietDay();
    const incidents = Array.from({ length: 12 }, (_, n) =>
      company.alert(START + n * SECOND, `host-${n}`, `problem_${n}`),
    );
    expect(new Set(incidents.slice(0, 4)).size).toBe(4);
    expect(company.rules).toContain("smart.burst");
    expect(company.why.join(" ")).toMatch(/far above its learned background \(\d+ checks .*usually 0\.\d+\)/);
    const used = new Company();
    // Where as many begin every minute all day, the same dozen is no burst.
    for (let at = START - 12 * HOUR; at < START; at += 3 * SECOND)
      used.alert(at, `host-${(at / 3000) % 700}`, `problem_${(at / 3000) % 700}`);
    const before = used.log.length;
    for (let n = 0; n < 12; n++) used.alert(START + n * SECOND, `new-${n}`, `other_${n}`);
    const rules = used.log.slice(before).flatMap(({ place }) => place.reasons.map((r) => r.rule));
    expect(rules).not.toContain("smart.burst");
  });

  it("puts what is related where it belongs, however large a burst runs beside it, and merges neither", () => {
    const company = new Company();
    company.quietDay();
    const database = company.alert(START - 10 * SECOND, "db-01", "disk_full");
    let burst = database;
    for (let n = 0; n < 16; n++) burst = company.alert(START + n * 500, `host-${n}`, `problem_${n}`);
    expect(burst).not.toBe(database);
    expect(company.rules).toEqual(["smart.burst"]);
    expect(company.alert(START + 9 * SECOND, "db-01", "replication_lag")).toBe(database);
    expect(company.rules[0]).toBe("smart.same_asset");
    expect(company.alert(START + 10 * SECOND, "app-01", "http_5xx")).toBe(database);
    expect(company.rules[0]).toBe("smart.neighbour");
    const pulls = company.log.flatMap(({ place }) => (place.kind === "join" ? place.pull : []));
    expect(pulls).toEqual([]);
    expect(company.alert(START + 11 * SECOND, "host-99", "problem_99")).toBe(burst);
  });

  it("keeps what comes all day out of an incident next to it", () => {
    const company = new Company();
    for (let at = START - 24 * HOUR; at < START; at += 4 * MINUTE)
      company.alert(at, "app-01", "login_success");
    const routine = company.alert(START, "app-01", "login_success");
    const opened = company.alert(START + 5 * SECOND, "db-01", "disk_full");
    expect(opened).not.toBe(routine);
    expect(company.alert(START + 10 * SECOND, "app-01", "login_success")).toBe(routine);
  });

  it("leaves a repeat where it is, until the incident has been quiet", () => {
    const company = new Company();
    company.quietDay();
    const opened = company.alert(START, "db-01", "disk_full");
    expect(company.alert(START + 10 * MINUTE, "db-01", "disk_full")).toBe(opened);
    expect(company.rules).toEqual(["smart.same_check"]);
    expect(company.alert(START + 3 * HOUR, "db-01", "disk_full")).not.toBe(opened);
  });

  it("opens anew when much begins at once in an incident that went quietly", () => {
    const company = new Company();
    company.quietDay();
    const first = company.alert(START, "db-01", "slow_queries");
    for (let n = 1; n < 9; n++) {
      company.alert(START + n * MINUTE, "db-01", "slow_queries");
      company.alert(START + n * MINUTE + SECOND, "app-01", "slow_queries");
    }
    const again = START + 9 * MINUTE;
    const incidents = ["web-01", "web-02", "app-01", "db-01"].flatMap((asset, a) =>
      [1, 2, 3, 4, 5, 6].map((n) => company.alert(again + (a * 6 + n) * 500, asset, `problem_${n}`)),
    );
    const last = incidents.at(-1) as number;
    expect(last).not.toBe(first);
    expect(incidents.filter((i) => i === last).length).toBeGreaterThan(10);
    // What ran steadily stays behind.
    expect(company.alert(again + 20 * SECOND, "app-01", "slow_queries")).toBe(first);
    const reason = company.log
      .flatMap(({ place }) => place.reasons)
      .find((r) => r.rule === "smart.new_onset");
    expect(reason?.text).toMatch(
      /^Opened: \d+ checks began to fail in 30 seconds where the incident so far saw/,
    );
  });

  it("asks whether an incident may still take an alert", () => {
    const company = new Company();
    company.quietDay();
    const opened = company.alert(START, "db-01", "disk_full");
    company.closed.add(opened);
    expect(company.alert(START + 20 * SECOND, "app-01", "http_5xx")).not.toBe(opened);
    expect(company.alert(START + 25 * SECOND, "db-01", "disk_full")).not.toBe(opened);
  });

  it("groups nothing that has no name", () => {
    const company = new Company();
    company.quietDay();
    const one = company.alert(START, "", "disk_full");
    expect(company.alert(START + SECOND, "", "vpn_down")).not.toBe(one);
    const other = company.alert(START + 2 * SECOND, "ws-07", "");
    expect(company.alert(START + 3 * SECOND, "ws-08", "")).not.toBe(other);
  });

  it("pulls together what an alert shows to be one trouble; the older incident stays", () => {
    const company = new Company();
    company.quietDay();
    const one = company.alert(START, "db-01", "disk_full");
    const two = company.alert(START + 2 * SECOND, "web-01", "http_5xx");
    expect(two).not.toBe(one);
    expect(company.alert(START + 4 * SECOND, "app-01", "queue_backlog")).toBe(one);
    const last = company.log.at(-1)?.place;
    expect(last?.kind === "join" && last.pull.map((p) => p.incident)).toEqual([two]);
    expect(company.alert(START + 9 * SECOND, "web-01", "http_5xx")).toBe(one);
  });
});

describe("what it learns", () => {
  const outage = (company: Company, at: number) => {
    // Five begin at once; the burst puts them together.
    const made = Array.from({ length: 9 }, (_, n) =>
      company.alert(at + n * SECOND, `host-${n}`, `problem_${n}`),
    );
    return made;
  };

  it("that assets were in incidents together before", () => {
    const company = new Company();
    company.quietDay();
    for (let n = 0; n < 6; n++) {
      const at = START + n * 3 * HOUR;
      company.alert(at, "nas-01", "share_unavailable");
      company.alert(at + SECOND, "ws-01", "share_unavailable");
    }
    const at = START + 20 * HOUR;
    const opened = company.alert(at, "nas-01", "disk_latency");
    expect(company.alert(at + 2 * SECOND, "ws-01", "login_slow")).toBe(opened);
    expect(company.rules[0]).toBe("smart.together_before");
    expect(company.alert(at + 3 * SECOND, "ws-02", "login_slow2")).not.toBe(opened);
  });

  it("from technicians: together joins, apart keeps out", () => {
    const company = new Company();
    company.quietDay();
    company.model.feedback(["ups-01"], ["ws-09"], "together");
    const opened = company.alert(START, "ups-01", "on_battery");
    expect(company.alert(START + 5 * SECOND, "ws-09", "agent_lost")).toBe(opened);
    const told = new Company();
    told.quietDay();
    told.model.feedback(["db-01"], ["app-01"], "apart");
    const db = told.alert(START, "db-01", "disk_full");
    expect(told.alert(START + 5 * SECOND, "app-01", "http_5xx")).not.toBe(db);
  });

  it("nothing from a burst that it has not seen twice", () => {
    const company = new Company();
    company.quietDay();
    outage(company, START);
    const at = START + 5 * HOUR;
    const opened = company.alert(at, "host-7", "other_7");
    expect(company.alert(at + SECOND, "host-8", "other_8")).not.toBe(opened);
  });
});
