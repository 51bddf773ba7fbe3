import type { MappingInput } from "./mapping.ts";

/** A common shape of body, to begin a mapping with. */
export interface MappingTemplate {
  id: string;
  name: string;
  says: string;
  /** A body of that shape, to see it at work before one's own arrives. */
  sample: unknown;
  mapping: Partial<Omit<MappingInput, "name" | "enabled">>;
}

const one = (...from: string[]) => ({ from, map: [] });
const map = (from: string[], ...pairs: [from: string, to: string][]) => ({
  from,
  map: pairs.map(([word, to]) => ({ from: word, to })),
});

export const MAPPING_TEMPLATES: MappingTemplate[] = [
  {
    id: "flat",
    name: "One alert, its fields side by side",
    says: "Scripts and small tools: { host, check, severity, message, status }.",
    sample: {
      host: "web-03",
      check: "http_latency",
      severity: "warning",
      message: "p95 is 2.4 s",
      status: "firing",
      time: "2026-05-04T09:12:00Z",
    },
    mapping: {
      fields: {
        asset_name: one("$.host", "$.hostname", "$.device"),
        signature: one("$.check", "$.alert", "$.name"),
        severity: one("$.severity", "$.level", "$.priority"),
        message: one("$.message", "$.description", "$.text"),
        status: one("$.status", "$.state"),
        event_time: one("$.time", "$.timestamp"),
      },
    },
  },
  {
    id: "list",
    name: "A list of alerts with labels",
    says: "Several alerts in one body, each with labels, which become tags.",
    sample: {
      receiver: "ops",
      alerts: [
        { status: "firing", labels: { name: "disk_full", host: "db-01", level: "critical", site: "Bern" } },
        {
          status: "resolved",
          labels: { name: "disk_full", host: "db-02", level: "critical", site: "Basel" },
        },
      ],
    },
    mapping: {
      items: "$.alerts",
      fields: {
        asset_name: one("$.labels.host", "$.labels.instance"),
        signature: one("$.labels.name", "$.labels.alertname"),
        severity: one("$.labels.level", "$.labels.severity"),
        message: one("$.annotations.summary", "{{ $.labels.name }} on {{ $.labels.host }}"),
        status: one("$.status"),
      },
      tags_from: "$.labels",
    },
  },
  {
    id: "event",
    name: "CloudEvents",
    says: "An envelope with type, source and id around the data (CloudEvents 1.0, structured mode).",
    sample: {
      specversion: "1.0",
      id: "b7e0-41",
      type: "com.example.backup.failed",
      source: "/sites/bern/nas-02",
      time: "2026-05-04T22:31:05Z",
      subject: "volume-7",
      data: { severity: "error", text: "no space left" },
    },
    mapping: {
      matches: [{ value: "$.specversion", op: "exists", to: [] }],
      fields: {
        asset_name: one("$.data.host", '$.source | split("/", -1)'),
        signature: one("$.type"),
        severity: one("$.data.severity"),
        message: one("$.data.text", "$.data.message", "{{ $.type }} {{ $.subject }}"),
        event_time: one("$.time"),
      },
      tags: [{ name: "subject", value: "$.subject" }],
    },
  },
  {
    id: "job",
    name: "A job that worked or failed",
    says: "Backups, scripts and pipelines that report each run; the next good run ends the alert.",
    sample: {
      job: { name: "nightly-backup", server: "nas-02" },
      result: "failed",
      exit_code: 3,
      log_url: "https://jobs.example.com/runs/4711",
    },
    mapping: {
      fields: {
        asset_name: one("$.job.server"),
        signature: one("{{ $.job.name }} failed"),
        severity: map(["$.result"], ["failed", "high"], ["warning", "medium"], ["*", "low"]),
        message: one("{{ $.job.name }}: {{ $.result }}, exit code {{ $.exit_code }}"),
        dedup_key: one("{{ $.job.server }}/{{ $.job.name }}"),
      },
      recovery: [{ value: "$.result", op: "is", to: ["success", "succeeded", "ok"] }],
      links: [{ label: "Log", url: "$.log_url" }],
    },
  },
  {
    id: "subject",
    name: "One line of text",
    says: "Everything is in a subject such as “PROBLEM: disk_full on db-01”: patterns take it apart.",
    sample: { subject: "PROBLEM: disk_full on db-01", body: "/var is at 97 %" },
    mapping: {
      fields: {
        asset_name: one('$.subject | regex(" on (\\S+)$")'),
        signature: one('$.subject | regex("^\\w+: (\\S+)")'),
        severity: map(
          ['$.subject | regex("^(\\w+):")'],
          ["problem", "high"],
          ["warning", "medium"],
          ["*", "low"],
        ),
        message: one("$.body", "$.subject"),
        status: one('$.subject | regex("^(\\w+):")'),
      },
    },
  },
];
