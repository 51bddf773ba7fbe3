import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AdapterItem } from "../../../core/adapters/adapter.ts";
import { alertmanager } from "../../../core/adapters/alertmanager.ts";
import type { NormalizedAlert } from "../../../core/alert.ts";
import { dedupKey } from "../../../core/keys.ts";

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/alertmanager/${name}.json`, import.meta.url), "utf8"));

function itemsOf(body: unknown): AdapterItem[] {
  const result = alertmanager.parse(body);
  if (!("items" in result)) throw new Error(result.detail);
  expect(result.many).toBe(true);
  return result.items;
}

function alertsOf(body: unknown): NormalizedAlert[] {
  return itemsOf(body).map((item) => {
    if (!("alert" in item)) throw new Error(JSON.stringify(item.fields));
    return item.alert;
  });
}

const keyOf = (alert: NormalizedAlert) => dedupKey("co_aaaaaaaaaaaaaaaa", alert).key;

describe("a notification of Alertmanager", () => {
  it("gives the alert with its host, check, severity, time and links", () => {
    expect(alertsOf(fixture("v4-firing"))).toEqual([
      {
        status: "firing",
        asset_name: "web-03.example.net:9100",
        asset_id: null,
        signature: "HostHighCpuLoad",
        severity: "medium",
        category: null,
        message: "CPU above 90 % for 5 minutes",
        tool_source: "alertmanager",
        caller_key: null,
        identity: [
          ["alertname", "HostHighCpuLoad"],
          ["instance", "web-03.example.net:9100"],
          ["job", "node"],
        ],
        event_time: Date.parse("2026-01-05T08:59:30.123Z"),
        tags: [
          ["alertname", "HostHighCpuLoad"],
          ["instance", "web-03.example.net:9100"],
          ["job", "node"],
        ],
        links: [
          { label: "Runbook", url: "https://runbooks.example.net/cpu" },
          { label: "Dashboard", url: "https://grafana.example.net/d/cpu" },
          { label: "Prometheus", url: "https://prometheus.example.net/graph?g0.expr=up" },
        ],
        flags: [],
        group: '{}:{alertname="HostHighCpuLoad"}',
        variant: "warning",
        heartbeat: false,
      },
    ]);
  });

  it("of version 3 is understood as well", () => {
    expect(alertsOf(fixture("v3-firing"))).toMatchObject([
      {
        asset_name: "db-07.example.net:9115",
        signature: "FailedConnect",
        severity: "critical",
        message: "Connect fails",
        event_time: Date.parse("2026-01-05T06:27:08.008Z"),
        links: [{ label: "Prometheus" }],
      },
    ]);
  });

  it("is the same alert when it recovers, seen by the other replica with another severity", () => {
    const [firing] = alertsOf(fixture("v4-firing"));
    const [resolved] = alertsOf(fixture("v4-resolved"));
    expect(resolved).toMatchObject({ status: "resolved", event_time: Date.parse("2026-01-05T09:10:00Z") });
    expect(keyOf(resolved!)).toBe(keyOf(firing!));
  });

  it("takes each alert's own state, not the group's", () => {
    const alerts = alertsOf(fixture("v4-resolved-inside-firing-group"));
    expect(alerts.map((a) => [a.asset_name, a.status])).toEqual([
      ["app-01:9100", "firing"],
      ["app-02:9100", "resolved"],
      ["app-03:9100", "firing"],
    ]);
    expect(alerts[1]?.event_time).toBe(Date.parse("2026-01-05T08:55:30Z"));
    expect(new Set(alerts.map(keyOf)).size).toBe(3);
  });

  it("that was truncated gives the alerts that are in it, and says so", () => {
    const alerts = alertsOf(fixture("v4-truncated"));
    expect(alerts.map((a) => a.asset_name)).toEqual(["cart-0", "cart-1", "cart-2"]);
    for (const { flags } of alerts) expect(flags).toContain("group_truncated");
  });

  it("of a watchdog is a heartbeat, not a page", () => {
    expect(alertsOf(fixture("v4-watchdog"))).toMatchObject([
      { heartbeat: true, severity: "low", asset_name: "", flags: [] },
    ]);
  });

  it.each([
    [{ namespace: "shop", deployment: "api", job: "kube-state-metrics" }, "shop/api"],
    [{ namespace: "shop", statefulset: "db" }, "shop/db"],
    [{ namespace: "shop", deployment: "api", pod: "api-1" }, "api-1"],
    [{ deployment: "api", job: "ksm" }, "ksm"],
    [{ namespace: "shop" }, "shop"],
  ])("finds the asset in the labels %o", (labels, asset) => {
    const body = { alerts: [{ status: "firing", labels: { alertname: "Unavailable", ...labels } }] };
    expect(alertsOf(body)).toMatchObject([{ asset_name: asset, heartbeat: false }]);
  });

  it.each([
    "DeadMansSwitch",
    "PrometheusAlertmanagerE2eDeadManSwitch",
  ])("takes %s for one as well", (alertname) => {
    const body = { alerts: [{ status: "firing", labels: { alertname } }] };
    expect(alertsOf(body)).toMatchObject([{ heartbeat: true }]);
  });

  it("keeps unicode as it is, finds the host label, flags the unknown severity", () => {
    expect(alertsOf(fixture("v4-unicode-host-unknown-severity"))).toMatchObject([
      {
        asset_name: "srv-gemüse-02",
        signature: "Platte fast voll – Lager",
        severity: "medium",
        flags: ["unknown_severity"],
        message: 'Nur noch 2 % frei auf „/var“ 🧯 — <i>HTML</i> & "Zitate" \u202eRTL',
      },
    ]);
  });

  it("with a huge annotation is cut, flagged, and never in the middle of a character", () => {
    const [alert] = alertsOf(fixture("v4-huge-annotation"));
    expect(alert).toMatchObject({ asset_name: "k8s-worker-5", severity: "high", flags: ["message_cut"] });
    expect(alert?.message.length).toBe(8192);
    expect(alert?.message.isWellFormed()).toBe(true);
  });

  it("without a severity is medium, and says so", () => {
    const body = { alerts: [{ status: "firing", labels: { alertname: "X", host: "h" } }] };
    expect(alertsOf(body)).toMatchObject([{ severity: "medium", flags: ["no_severity"], event_time: null }]);
  });

  it("offers only web addresses as links", () => {
    const annotations = { runbook_url: "javascript:alert(1)", dashboard: "data:text/html,x" };
    const body = {
      alerts: [
        { status: "firing", labels: { alertname: "X" }, annotations, generatorURL: "file:///etc/passwd" },
      ],
    };
    expect(alertsOf(body)[0]?.links).toEqual([]);
  });

  it("names what is wrong with one alert and keeps the others", () => {
    const good = { status: "firing", labels: { alertname: "X", host: "h" } };
    const bad = [
      { ...good, status: "pending" },
      { ...good, labels: {} },
      "nonsense",
      { status: 7, labels: [] },
    ];
    const items = itemsOf({ alerts: [good, ...bad, good] });
    expect(items.map((item) => ("fields" in item ? Object.keys(item.fields) : "good"))).toEqual([
      "good",
      ["status"],
      ["labels.alertname"],
      ["alert"],
      ["status", "labels.alertname"],
      "good",
    ]);
  });

  it("is told from what is none", () => {
    for (const body of [null, [], {}, "x", 7, { alerts: {} }, { alerts: [] }])
      expect(alertmanager.parse(body), JSON.stringify(body)).toMatchObject({
        fields: { alerts: expect.any(String) },
      });
  });
});

it("asks for 503 over the limit, since Alertmanager retries on nothing else", () => {
  expect(alertmanager.retriesOnlyOn5xx).toBe(true);
});
