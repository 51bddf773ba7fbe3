import type { AdapterGuide } from "./adapter.ts";

export const datadogGuide: AdapterGuide = {
  label: "Datadog",
  about: "Monitors post through the Webhooks integration; each group of a monitor is an alert of its own.",
  versions: "the Webhooks integration with the payload below, or with its default payload",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Datadog, open Integrations, Webhooks, and add a webhook named alert-whisperer with the address {webhook_url}.",
    "Replace its payload by the one below. Leave “Encode as form” off.",
    "Write @webhook-alert-whisperer into the message of each monitor, outside of {{#is_alert}}, so that recoveries are sent too.",
    "Give the monitors a priority, P1 to P5: it becomes the severity.",
  ],
  templates: [
    {
      where: "Payload of the webhook",
      language: "json",
      text: `{
  "id": "$ID",
  "event_title": "$EVENT_TITLE",
  "event_message": "$TEXT_ONLY_MSG",
  "event_type": "$EVENT_TYPE",
  "alert_id": "$ALERT_ID",
  "alert_status": "$ALERT_STATUS",
  "alert_transition": "$ALERT_TRANSITION",
  "alert_priority": "$ALERT_PRIORITY",
  "alert_type": "$ALERT_TYPE",
  "alert_scope": "$ALERT_SCOPE",
  "aggregation_key": "$AGGREG_KEY",
  "hostname": "$HOSTNAME",
  "tags": "$TAGS",
  "link": "$LINK",
  "org_id": "$ORG_ID",
  "date": "$DATE"
}
`,
    },
  ],
  docs: "https://docs.datadoghq.com/integrations/webhooks/",
};
