import type { AdapterGuide } from "./adapter.ts";

export const sentryGuide: AdapterGuide = {
  label: "Sentry",
  about:
    "An internal integration posts issues and metric alerts with their recoveries, and the alert rules that name it.",
  versions:
    "the integration platform (issue, event_alert, metric_alert, error, comment) and the WebHooks plugin",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Sentry, open Settings, Developer Settings, and create an Internal Integration with the webhook URL {webhook_url}.",
    "Switch on Alert Rule Action, give it read access to Issue & Event, and subscribe to the resource issue, so that resolving an issue arrives.",
    "Save, then choose “Send a notification via” this integration in your alert rules.",
    "An alert rule alone never says that it is over: the issue does, when somebody resolves it.",
  ],
  templates: [],
  docs: "https://docs.sentry.io/organization/integrations/integration-platform/webhooks/",
};
