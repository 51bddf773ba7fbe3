/** The body of one alert as a sender of its own making writes it. */
export const payload = (more: Record<string, unknown> = {}) => ({
  asset_name: "web-01",
  signature: "high_cpu_usage",
  severity: "high",
  message: "CPU at 97 %",
  tool_source: "test",
  ...more,
});

/** One notification of Alertmanager; each entry is an alert's labels, with `status` and times beside them. */
export function notification(
  alerts: { status?: string; startsAt?: string; endsAt?: string; labels?: Record<string, string> }[],
): unknown {
  return {
    version: "4",
    status: "firing",
    receiver: "test",
    alerts: alerts.map(({ status = "firing", labels = {}, ...times }) => ({
      status,
      labels: { alertname: "HostHighCpuLoad", instance: "web-01:9100", severity: "warning", ...labels },
      annotations: { summary: "CPU above 90 %" },
      startsAt: new Date(Date.now() - 60_000).toISOString(),
      endsAt: status === "resolved" ? new Date().toISOString() : "0001-01-01T00:00:00Z",
      ...times,
    })),
  };
}

/** What the webhook answered. */
export interface WebhookAnswer {
  status: string;
  alert_id: string | null;
  alert_ids: (string | null)[];
  results: {
    index: number;
    status: string;
    alert_id: string | null;
    outcome?: string;
    flags?: string[];
    error?: string;
    fields?: Record<string, string>;
  }[];
  error: string;
  detail: string;
  fields: Record<string, string>;
  retry_after_seconds?: number;
}

/** Status, body and headers of an answer, read once. */
export async function read(
  response: Response | Promise<Response>,
): Promise<{ code: number; body: WebhookAnswer; headers: Headers }> {
  const answer = await response;
  return { code: answer.status, body: await answer.json<WebhookAnswer>(), headers: answer.headers };
}
