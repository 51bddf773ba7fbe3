import {
  type Adapter,
  type AdapterGuide,
  type AdapterItem,
  type AdapterResult,
  isObject,
  text,
} from "./adapter.ts";
import { azureClassic, azureLogAlert } from "./azure-classic.ts";
import { azureCommon } from "./azure-common.ts";

/**
 * Azure Monitor's action groups: the common alert schema, and what alerts sent before it:
 * https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema
 */
const TOOL = "azure";

function one(body: Record<string, unknown>): AdapterItem | null {
  const data = isObject(body.data) ? body.data : null;
  if (data && isObject(data.essentials)) return azureCommon(data, TOOL);
  if (data && isObject(data.context)) return azureClassic(data, TOOL);
  // Alerts on metrics of the first generation have no envelope.
  if (isObject(body.context)) return azureClassic(body, TOOL);
  const log = data ?? body;
  if (text(log, "AlertRuleName")) return azureLogAlert(log, TOOL);
  return null;
}

function parse(body: unknown): AdapterResult {
  const item = isObject(body) ? one(body) : null;
  if (item) return { items: [item], many: false };
  return {
    detail: "This is no Azure Monitor notification: it has neither essentials nor a context.",
    fields: { "data.essentials": "must be an object, as in the common alert schema" },
  };
}

const guide: AdapterGuide = {
  label: "Azure Monitor",
  about:
    "An action group posts alerts when they fire and when they are resolved; activity log alerts never resolve.",
  versions:
    "the common alert schema, metric alerts of before it (2.0 and classic), and log alerts of before it",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Azure, open Monitor, Alerts, Action groups, and add an action of type Webhook with the address {webhook_url}.",
    "Switch on “Enable the common alert schema”.",
    "Choose the action group in your alert rules, and leave “Automatically resolve alerts” on.",
    "Test the action group: the alert arrives here marked as a test.",
  ],
  templates: [
    {
      where: "a shell, if you would rather use the Azure CLI",
      language: "shell",
      text: `az monitor action-group create --resource-group my-group --name alert-whisperer \\
  --action webhook alert-whisperer '{webhook_url}' usecommonalertschema
`,
    },
  ],
  docs: "https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups",
};

export const azure: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide };
