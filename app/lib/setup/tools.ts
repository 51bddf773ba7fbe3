import { type Access, deliveryUrl, exampleAlert } from "./access.ts";
import {
  alertmanagerConfig,
  curlLine,
  nodeScript,
  powershellScript,
  pythonScript,
  signedHeaders,
} from "./snippets.ts";

export interface Step {
  /** What to do, as a sentence. */
  text: string;
  code?: { label: string; text: string };
}

/** How one tool is pointed at a company: all that the page knows of it. */
export interface Tool {
  id: string;
  name: string;
  /** Whether it signs what it sends; one that cannot is trusted by its key alone. */
  signs: boolean;
  steps(access: Access): Step[];
}

const RESULT =
  "202 means that the alert is on disk. What was refused, and why, is listed on the company’s Integrations page.";

export const TOOLS: readonly Tool[] = [
  {
    id: "curl",
    name: "curl",
    signs: true,
    steps: (access) => [
      {
        text: "Paste this into a shell that has curl and openssl:",
        code: { label: "Signed delivery with curl", text: curlLine(access) },
      },
      { text: RESULT },
    ],
  },
  {
    id: "alertmanager",
    name: "Prometheus Alertmanager",
    signs: false,
    steps: (access) => [
      {
        text: "Put this receiver into alertmanager.yml, beside the routes you have:",
        code: { label: "Prometheus Alertmanager", text: alertmanagerConfig(access) },
      },
      {
        text: "Check the file and make Alertmanager read it:",
        code: {
          label: "Reload Alertmanager",
          text: "amtool check-config alertmanager.yml\ncurl -X POST http://localhost:9093/-/reload",
        },
      },
      { text: "The next group that fires, repeats or resolves arrives here." },
    ],
  },
  {
    id: "python",
    name: "Python",
    signs: true,
    steps: (access) => [
      {
        text: "Save this as alert.py and run python3 alert.py; it needs no packages:",
        code: { label: "Signed delivery with Python", text: pythonScript(access) },
      },
      { text: RESULT },
    ],
  },
  {
    id: "node",
    name: "Node.js",
    signs: true,
    steps: (access) => [
      {
        text: "Save this as alert.mjs and run node alert.mjs; it needs Node 18 and no packages:",
        code: { label: "Signed delivery with Node.js", text: nodeScript(access) },
      },
      { text: RESULT },
    ],
  },
  {
    id: "powershell",
    name: "PowerShell",
    signs: true,
    steps: (access) => [
      {
        text: "Save this as alert.ps1 and run it; Windows PowerShell 5.1 and PowerShell 7 both do:",
        code: { label: "Signed delivery with PowerShell", text: powershellScript(access) },
      },
      { text: RESULT },
    ],
  },
  {
    id: "webhook",
    name: "Any webhook",
    signs: true,
    steps: (access) => [
      { text: "Send a POST to this address:", code: { label: "Webhook address", text: deliveryUrl(access) } },
      { text: "With these headers:", code: { label: "Headers", text: signedHeaders() } },
      {
        text: "Sign with this secret:",
        code: { label: "Signing secret of the example", text: access.secret },
      },
      {
        text: "And one alert, or an array of them. status is firing or resolved; severity takes the usual words.",
        code: {
          label: "Example alert",
          text: JSON.stringify({ ...exampleAlert("my-monitoring"), status: "firing" }, null, 2),
        },
      },
    ],
  },
];
