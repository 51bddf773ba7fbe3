import { type Access, deliveryUrl, exampleAlert } from "./access.ts";

/** A signed delivery with nothing but a shell, curl and openssl. */
export function curlLine(access: Access): string {
  return `BODY='${JSON.stringify(exampleAlert("curl"))}'
TS=$(date +%s)
SIG=$(printf '%s.%s' "$TS" "$BODY" | openssl dgst -sha256 -hmac '${access.secret}' | sed 's/^.* //')
curl -sS '${deliveryUrl(access)}' \\
  -H 'Content-Type: application/json' -H "X-Timestamp: $TS" -H "X-Signature: sha256=$SIG" \\
  --data-binary "$BODY"`;
}

const indented = (alert: Record<string, string>, line: (name: string, value: string) => string): string =>
  Object.entries(alert)
    .map(([name, value]) => `    ${line(name, value)}`)
    .join("\n");

/** Python 3, standard library alone. */
export function pythonScript(access: Access): string {
  const fields = indented(exampleAlert("python"), (name, value) => `"${name}": "${value}",`);
  return `import hashlib, hmac, json, time, urllib.request

URL = "${deliveryUrl(access)}"
SECRET = "${access.secret}"

body = json.dumps({
${fields}
}).encode()
timestamp = str(int(time.time()))
signed = timestamp.encode() + b"." + body
signature = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
request = urllib.request.Request(URL, data=body, headers={
    "Content-Type": "application/json",
    "X-Timestamp": timestamp,
    "X-Signature": "sha256=" + signature,
})
with urllib.request.urlopen(request) as answer:
    print(answer.status, answer.read().decode())`;
}

/** Node 18 or newer, nothing to install. */
export function nodeScript(access: Access): string {
  const fields = indented(exampleAlert("node"), (name, value) => `${name}: "${value}",`);
  return `import { createHmac } from "node:crypto";

const url = "${deliveryUrl(access)}";
const secret = "${access.secret}";

const body = JSON.stringify({
${fields}
});
const timestamp = Math.floor(Date.now() / 1000);
const signature = createHmac("sha256", secret).update(\`\${timestamp}.\${body}\`).digest("hex");
const answer = await fetch(url, {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "X-Timestamp": String(timestamp),
    "X-Signature": \`sha256=\${signature}\`,
  },
  body,
});
console.log(answer.status, await answer.text());`;
}

/** Windows PowerShell 5.1 and PowerShell 7. The body is sent as the very bytes that were signed. */
export function powershellScript(access: Access): string {
  const fields = indented(exampleAlert("powershell"), (name, value) => `${name} = '${value}'`);
  return `$url = '${deliveryUrl(access)}'
$secret = '${access.secret}'

$body = [ordered]@{
${fields}
} | ConvertTo-Json -Compress
$timestamp = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$utf8 = New-Object System.Text.UTF8Encoding $false
$hmac = New-Object System.Security.Cryptography.HMACSHA256
$hmac.Key = $utf8.GetBytes($secret)
$hash = $hmac.ComputeHash($utf8.GetBytes("$timestamp.$body"))
$signature = [BitConverter]::ToString($hash).Replace('-', '').ToLower()
Invoke-RestMethod -Method Post -Uri $url -ContentType 'application/json' -Body $utf8.GetBytes($body) -Headers @{
    'X-Timestamp' = "$timestamp"
    'X-Signature' = "sha256=$signature"
}`;
}

/** Alertmanager cannot sign; its route is exempt unless the company's security settings say otherwise. */
export function alertmanagerConfig(access: Access): string {
  return `route:
  receiver: alert-whisperer
receivers:
  - name: alert-whisperer
    webhook_configs:
      - url: ${deliveryUrl(access, "alertmanager")}
        send_resolved: true`;
}

/** The headers of a signed delivery, for tools that are set up in a form. */
export function signedHeaders(): string {
  return `Content-Type: application/json
X-Timestamp:  unix seconds, at most 300 from now
X-Signature:  sha256=<hex HMAC-SHA256, under the secret, of "{timestamp}.{raw body}">
X-Delivery-ID: optional; the same id again within a day is answered with the first answer`;
}
