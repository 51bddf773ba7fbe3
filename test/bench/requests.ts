import { createHmac, randomUUID } from "node:crypto";
import type { LocalCompany } from "../../dev/lib/secrets-file.ts";

/** A raw HTTP/1.1 request with a JSON body. */
export function rawPost(path: string, body: string, headers: Record<string, string> = {}): Buffer {
  const lines = Object.entries({ "Content-Type": "application/json", ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines.join("")}`;
  return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const WEBHOOK = "/api/webhooks/alerts";

/**
 * The same as a sender signs it, under a delivery id of its own; good for 300 s from now. Floors get the very
 * same under a `path` of their own: reading its headers is the platform's work, whoever checks them.
 */
export function signedPost(company: LocalCompany, body: string, path = WEBHOOK): Buffer {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", company.hmac_secret).update(`${timestamp}.${body}`).digest("hex");
  return rawPost(`${path}?api_key=${company.api_key}`, body, {
    "X-Timestamp": timestamp,
    "X-Signature": `sha256=${signature}`,
    "X-Delivery-ID": randomUUID(),
  });
}

const SIGNATURES = ["high_cpu_usage", "disk_full", "service_down", "high_memory_usage", "host_unreachable"];

export interface BenchAlert {
  asset_name: string;
  signature: string;
  severity: string;
  message: string;
  tool_source: string;
  dedup_key?: string;
}

const alertOn = (asset: string, signature: string, n: number): BenchAlert => ({
  asset_name: asset,
  signature,
  severity: "high",
  message: `Reading ${n}: the value has been above its threshold for five minutes`,
  tool_source: "bench",
});

/** Number `n` of a storm over 50 alerts: 10 hosts, 5 problems each, a message that changes as they do. */
export const stormAlert = (n: number): BenchAlert =>
  alertOn(`storm-host-${n % 10}`, SIGNATURES[Math.floor(n / 10) % 5] ?? "disk_full", n);

/** Number `n` of new alerts on the trouble of the storm: each joins one of its 50 incidents. */
export const joiningAlert = (n: number): BenchAlert => ({ ...stormAlert(n), dedup_key: `new-${n}` });

/** Number `n` of alerts that are all different: 5 problems a host, hosts without end. */
export const distinctAlert = (n: number): BenchAlert =>
  alertOn(`host-${Math.floor(n / 5)}`, SIGNATURES[n % 5] ?? "disk_full", n);

/** As Prometheus would hand the same alert to Alertmanager. */
export const asPrometheus = (alert: BenchAlert) => ({
  labels: {
    alertname: alert.signature,
    instance: alert.asset_name,
    severity: alert.severity,
    ...(alert.dedup_key ? { key: alert.dedup_key } : {}),
  },
  annotations: { summary: alert.message },
});

/** `count` bodies, each by the next numbers from `from`; `size` alerts in an array, or one alone. */
export function bodies(
  make: (n: number) => unknown,
  count: number,
  size: number | "single",
  from = 0,
): string[] {
  return Array.from({ length: count }, (_, i) => {
    if (size === "single") return JSON.stringify(make(from + i));
    return JSON.stringify(Array.from({ length: size }, (_, k) => make(from + i * size + k)));
  });
}
