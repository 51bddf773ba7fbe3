import type { AdapterGuide } from "./adapter.ts";
import { CURL, NODE, POWERSHELL, PYTHON } from "./generic-scripts.ts";

export const genericGuide: AdapterGuide = {
  label: "Anything that can post JSON",
  about: "One alert or an array of alerts in this service's own words, signed by your script.",
  versions: "this API",
  signs: "hmac",
  recovers: true,
  steps: [
    "Take the script of your choice below; it needs nothing that its language does not bring.",
    "It signs what it sends: X-Timestamp is the time in unix seconds, at most 300 from now, and X-Signature is sha256= and the hex HMAC-SHA256, under the signing secret, of the timestamp, a dot, and the raw body.",
    'Post the same alert with "status": "resolved" when it is over.',
    "202 means that the alert is on disk. What was refused, and why, is listed on the company’s Integrations page.",
  ],
  templates: [
    { where: "Signed delivery with curl", language: "shell", text: CURL },
    { where: "Signed delivery with Python", language: "text", text: PYTHON },
    { where: "Signed delivery with Node.js", language: "text", text: NODE },
    { where: "Signed delivery with PowerShell", language: "text", text: POWERSHELL },
    {
      where: "The body",
      language: "json",
      text: `{
  "asset_name": "web-01",
  "signature": "high_cpu_usage",
  "severity": "high",
  "message": "CPU at 97 % for 10 minutes",
  "tool_source": "my-script",
  "status": "firing"
}
`,
    },
  ],
  docs: "{base_url}/docs",
};
