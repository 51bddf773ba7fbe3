import { describe, expect, it } from "vitest";
import { activityOf } from "../../app/components/overview/activity.ts";
import { toBars } from "../../app/components/overview/alerts-chart.tsx";
import { age, count, duration, plural, score, utc } from "../../app/lib/format.ts";
import { pick, withQuery } from "../../app/lib/query.ts";
import { safeNext } from "../../app/lib/safe-next.ts";
import { readTheme } from "../../app/lib/theme.ts";
import { StreamPosition } from "../../app/live/position.ts";
import { alert, incident, SEEN } from "../support/page-data.ts";

describe("where sign-in leads", () => {
  it.each(["/incidents?severity=critical#top", "/companies/cmp_1"])("back to %s", (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/.//evil.example",
    "/%2e//evil.example/..//x",
    "javascript:alert(1)",
    "/\t/evil.example",
    "",
    null,
  ])("never to another site: %j", (next) => {
    const path = safeNext(next);
    expect(new URL(path, "https://console.example").origin).toBe("https://console.example");
    expect(path.startsWith("//")).toBe(false);
  });
});

describe("figures people read", () => {
  it("gives durations two units at most", () => {
    expect([0, 42, 300, 11_520, 352_800, -5].map(duration)).toEqual([
      "0s",
      "42s",
      "5m",
      "3h 12m",
      "4d 2h",
      "0s",
    ]);
    expect(age("2026-03-01T09:55:00.000Z", SEEN)).toBe("5m");
  });

  it("writes numbers, plurals, scores and times the same everywhere", () => {
    expect([count(1234567), plural(1, "alert"), plural(2, "delivery", "deliveries")]).toEqual([
      "1,234,567",
      "1 alert",
      "2 deliveries",
    ]);
    expect([score(128), score(127.5), score(127.25)]).toEqual(["128", "127.5", "127.25"]);
    expect(utc("2026-11-20T14:03:22.123Z")).toBe("2026-11-20 14:03:22 UTC");
  });

  it("fills hours without alerts and puts long ranges into at most 48 bars", () => {
    const day = toBars(
      [{ hour: "2026-03-01T03:00:00.000Z", alerts: 7, incidents: 2 }],
      "2026-03-01T00:00:00.000Z",
      "2026-03-02T00:00:00.000Z",
    );
    expect(day).toHaveLength(24);
    expect(day[3]).toEqual({ hour: "2026-03-01T03:00:00.000Z", alerts: 7, incidents: 2 });
    const month = toBars(
      [{ hour: "2026-03-30T23:00:00.000Z", alerts: 3, incidents: 1 }],
      "2026-03-01T00:00:00.000Z",
      "2026-03-31T00:00:00.000Z",
    );
    expect(month.length).toBeLessThanOrEqual(48);
    expect(month.at(-1)?.alerts).toBe(3);
  });
});

describe("activity", () => {
  it("tells an incident's life and its alerts, newest first", () => {
    const solved = incident("web-01", {
      acknowledged_at: "2026-03-01T09:56:00.000Z",
      acknowledged_by: { id: "usr_1", name: "Ada" },
      resolved_at: "2026-03-01T09:58:00.000Z",
    });
    const lines = activityOf(
      [solved],
      [alert("al_1", { count: 3, last_seen: "2026-03-01T09:57:00.000Z" })],
      10,
    );
    expect(lines.map((line) => line.text)).toEqual([
      "Resolved by itself: Host down on web-01",
      "no answer to ping on web-01 (×3)",
      "Ada acknowledged Host down on web-01",
      "Incident opened: Host down on web-01",
    ]);
    expect(activityOf([solved], [], 2)).toHaveLength(2);
  });
});

describe("how far the stream was read", () => {
  const hello = (epoch: string, seq: number) =>
    ({ seq, type: "hello", company_id: null, data: { epoch, seq } }) as const;
  const frame = (seq: number) =>
    ({ seq, type: "incident_updated", company_id: "cmp_1", data: incident("a") }) as const;

  it("keeps its place over a second greeting, so that what was missed is asked for", () => {
    const position = new StreamPosition();
    position.take(hello("e1", 10));
    position.take(frame(11));
    position.take(hello("e1", 40));
    expect(position).toMatchObject({ epoch: "e1", seq: 11 });
  });

  it("starts anew where the server says it must", () => {
    const position = new StreamPosition();
    position.take(hello("e1", 10));
    position.take({
      seq: 3,
      type: "resync",
      company_id: null,
      data: { epoch: "e2", seq: 3, reason: "too_old" },
    });
    expect(position).toMatchObject({ epoch: "e2", seq: 3 });
    position.take(frame(2));
    expect(position.seq).toBe(3);
  });
});

describe("addresses and cookies", () => {
  it("passes on only what was named and filled in", () => {
    const query = pick(new URLSearchParams("q=%20disk%20&status=&evil=1"), ["q", "status"]);
    expect([withQuery("/api/alerts", query), withQuery("/api/alerts", new URLSearchParams())]).toEqual([
      "/api/alerts?q=disk",
      "/api/alerts",
    ]);
  });

  it("is dark unless this browser chose otherwise", () => {
    expect(
      ["", "aw_theme=light", "a=b; aw_theme=system", "aw_theme=pink", "xaw_theme=light"].map(readTheme),
    ).toEqual(["dark", "light", "system", "dark", "dark"]);
  });
});
