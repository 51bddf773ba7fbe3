/** Ready-to-paste set-up lines of one company. `key` and `secret` may be placeholders. */
export interface Access {
  webhookUrl: string;
  key: string;
  secret: string;
}

function address(webhookUrl: string, tool: string, key: string): string {
  const url = new URL(webhookUrl);
  url.pathname = `/api/webhooks/${tool}`;
  url.search = "";
  return `${url}?api_key=${key}`;
}

/** A signed delivery with nothing but a shell, curl and openssl. */
export function curlLine({ webhookUrl, key, secret }: Access): string {
  return `BODY='{"asset_name":"web-01","signature":"high_cpu_usage","severity":"high","message":"CPU at 97 % for 5 minutes","tool_source":"curl"}'
TS=$(date +%s)
SIG=$(printf '%s.%s' "$TS" "$BODY" | openssl dgst -sha256 -hmac '${secret}' | sed 's/^.* //')
curl -sS '${address(webhookUrl, "alerts", key)}' \\
  -H 'Content-Type: application/json' -H "X-Timestamp: $TS" -H "X-Signature: sha256=$SIG" \\
  --data-binary "$BODY"`;
}

/** Alertmanager cannot sign; its route is exempt unless the company's security settings say otherwise. */
export function alertmanagerConfig({ webhookUrl, key }: Access): string {
  return `route:
  receiver: alert-whisperer
receivers:
  - name: alert-whisperer
    webhook_configs:
      - url: ${address(webhookUrl, "alertmanager", key)}
        send_resolved: true`;
}
