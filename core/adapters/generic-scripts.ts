/** Scripts that sign and send one alert, for the guide of the generic route. */

/** Nothing but a shell, curl and openssl. */
export const CURL = `BODY='{"asset_name":"web-01","signature":"high_cpu_usage","severity":"high","message":"CPU at 97 % for 5 minutes","tool_source":"curl"}'
TS=$(date +%s)
SIG=$(printf '%s.%s' "$TS" "$BODY" | openssl dgst -sha256 -hmac '{hmac_secret}' | sed 's/^.* //')
curl -sS '{webhook_url}' \\
  -H 'Content-Type: application/json' -H "X-Timestamp: $TS" -H "X-Signature: sha256=$SIG" \\
  --data-binary "$BODY"`;

/** Python 3, standard library alone. */
export const PYTHON = `import hashlib, hmac, json, time, urllib.request

URL = "{webhook_url}"
SECRET = "{hmac_secret}"

body = json.dumps({
    "asset_name": "web-01",
    "signature": "high_cpu_usage",
    "severity": "high",
    "message": "CPU at 97 % for 5 minutes",
    "tool_source": "python",
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

/** Node 18 or newer, nothing to install. */
export const NODE = `import { createHmac } from "node:crypto";

const url = "{webhook_url}";
const secret = "{hmac_secret}";

const body = JSON.stringify({
    asset_name: "web-01",
    signature: "high_cpu_usage",
    severity: "high",
    message: "CPU at 97 % for 5 minutes",
    tool_source: "node",
});
const timestamp = Math.floor(Date.now() / 1000);
const signature = createHmac("sha256", secret).update(timestamp + "." + body).digest("hex");
const answer = await fetch(url, {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "X-Timestamp": String(timestamp),
    "X-Signature": "sha256=" + signature,
  },
  body,
});
console.log(answer.status, await answer.text());`;

/** Windows PowerShell 5.1 and PowerShell 7. The body is sent as the very bytes that were signed. */
export const POWERSHELL = `$url = '{webhook_url}'
$secret = '{hmac_secret}'

$body = [ordered]@{
    asset_name = 'web-01'
    signature = 'high_cpu_usage'
    severity = 'high'
    message = 'CPU at 97 % for 5 minutes'
    tool_source = 'powershell'
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
