import type { AdapterGuide } from "./adapter.ts";

export const pingdomGuide: AdapterGuide = {
  label: "Pingdom",
  about:
    "Pingdom posts each change of a check's state; a check that is up again closes its alert. The check's importance becomes the severity.",
  versions: "the state change webhook, version 1, of uptime and transaction checks",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Pingdom, open Integrations, Integrations, Add new, and choose the type Webhook.",
    "Name it Alert Whisperer, set the URL to {webhook_url}, tick Active and save.",
    "In each check, under Connect Integrations, tick Alert Whisperer. Keep “Alert when back up” on, so that recoveries are sent.",
    "Set the check's importance: High becomes high, Low becomes low.",
  ],
  templates: [],
  docs: "https://www.pingdom.com/resources/webhooks/",
};
