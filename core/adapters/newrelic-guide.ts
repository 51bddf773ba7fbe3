import type { AdapterGuide } from "./adapter.ts";

export const newrelicGuide: AdapterGuide = {
  label: "New Relic",
  about: "A workflow posts its issues; an issue stays one alert until New Relic closes it.",
  versions: "workflows, with the template below or the default one, and the notification channels of before",
  signs: "key_only",
  recovers: true,
  steps: [
    "In New Relic, open Alerts, Destinations, and add a webhook with the address {webhook_url}.",
    "Open Workflows, add one that filters the issues you want, and choose that destination.",
    "Replace the template by the one below and let it notify when an issue is activated, acknowledged, changes its priority, and is closed.",
  ],
  templates: [
    {
      where: "Template of the workflow's webhook",
      language: "text",
      text: `{
  "id": {{ json issueId }},
  "issueUrl": {{ json issuePageUrl }},
  "title": {{ json annotations.title.[0] }},
{{#if annotations.description}}  "description": {{ json annotations.description }},
{{/if}}  "priority": {{ json priority }},
  "state": {{ json state }},
  "trigger": {{ json triggerEvent }},
  "impactedEntities": {{ json entitiesData.names }},
  "alertConditionNames": {{ json accumulations.conditionName }},
  "alertPolicyNames": {{ json accumulations.policyName }},
{{#if accumulations.runbookUrl}}  "runbookUrl": {{ json accumulations.runbookUrl }},
{{/if}}  "isCorrelated": {{ json isCorrelated }},
{{#if owner}}  "owner": {{ json owner }},
{{/if}}  "createdAt": {{ createdAt }},
  "updatedAt": {{ updatedAt }},
  "workflowName": {{ json workflowName }}
}
`,
    },
  ],
  docs: "https://docs.newrelic.com/docs/alerts/get-notified/message-templates/",
};
