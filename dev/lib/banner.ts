import type { LocalCompany, SignIn } from "./secrets-file.ts";

const EXAMPLE_ALERT = JSON.stringify({
  asset_name: "web-01.example.com",
  signature: "high_cpu_usage",
  severity: "critical",
  message: "CPU at 97 % for 5 minutes",
  tool_source: "curl",
});

/** The webhook address on the port that this run uses; the stored one may name another. */
export const webhookUrl = (origin: string, company: LocalCompany, route = "alerts"): string =>
  `${origin}/api/webhooks/${route}?api_key=${company.api_key}`;

/** One line for a POSIX shell that signs and sends an alert; each run is a delivery of its own. */
export function curlLine(origin: string, company: LocalCompany): string {
  return [
    `BODY='${EXAMPLE_ALERT}'; TS=$(date +%s);`,
    `SIG=$(printf '%s.%s' "$TS" "$BODY" | openssl dgst -sha256 -hmac '${company.hmac_secret}' -r | cut -d' ' -f1);`,
    `curl -sS '${webhookUrl(origin, company)}' -H 'Content-Type: application/json'`,
    `-H "X-Timestamp: $TS" -H "X-Signature: sha256=$SIG" -H "X-Delivery-ID: $(openssl rand -hex 16)"`,
    `-d "$BODY"`,
  ].join(" ");
}

/** A receiver for alertmanager.yml; Alertmanager cannot sign, its route takes it unsigned. */
export function alertmanagerReceiver(origin: string, company: LocalCompany): string {
  return [
    "route:",
    "  receiver: alert-whisperer",
    "receivers:",
    "  - name: alert-whisperer",
    "    webhook_configs:",
    `      - url: ${webhookUrl(origin, company, "alertmanager")}`,
    "        send_resolved: true",
  ].join("\n");
}

/** What `npm start` prints once the instance answers. */
export function banner(origin: string, signIn: SignIn, company: LocalCompany, dataDir: string): string {
  const indent = (text: string): string => text.replace(/^/gm, "    ");
  return `
  Alert Whisperer runs at  ${origin}

  Sign-in      ${signIn.email}  /  ${signIn.password}
  Webhook URL  ${webhookUrl(origin, company)}
  HMAC secret  ${company.hmac_secret}
  Mails        ${origin}/dev/mailbox  (none is sent; the first confirms your address, which invitations need)
  Data         ${dataDir}

  Send a signed alert to "${company.name}" (paste into a shell):

${indent(curlLine(origin, company))}

  Point a Prometheus Alertmanager at it (alertmanager.yml):

${indent(alertmanagerReceiver(origin, company))}

  Stop with Ctrl-C.
`;
}
