import type { AdapterGuide } from "./adapter.ts";

const KIBANA = `{
  "rule_id": "{{rule.id}}",
  "rule_name": "{{rule.name}}",
  "rule_type": "{{rule.type}}",
  "space": "{{rule.spaceId}}",
  "tags": "{{rule.tags}}",
  "alert_id": "{{alert.id}}",
  "alert_uuid": "{{alert.uuid}}",
  "action_group": "{{alert.actionGroup}}",
  "severity": "{{context.severity}}{{context.rule.severity}}",
  "host": "{{context.host.name}}",
  "group": "{{context.group}}",
  "reason": "{{context.reason}}",
  "message": "{{context.message}}",
  "date": "{{date}}",
  "url": "{{context.alertDetailsUrl}}",
  "rule_url": "{{rule.url}}"
}
`;

const WATCHER = `{
  "watch_id": "{{ctx.watch_id}}",
  "watch_name": "{{ctx.metadata.name}}",
  "host": "{{ctx.metadata.host}}",
  "severity": "{{ctx.metadata.severity}}",
  "message": "{{ctx.payload.hits.total}} hits",
  "triggered_time": "{{ctx.trigger.triggered_time}}",
  "status": "firing"
}
`;

const ELASTALERT = `alert: post2
http_post2_url: "{webhook_url}"
http_post2_all_values: false
http_post2_payload:
  rule_name: "Disk almost full"
  severity: "high"
  host: "{{ host.name }}"
  message: "{{ message }}"
  timestamp: "{{ _data['@timestamp'] }}"
`;

export const elasticGuide: AdapterGuide = {
  label: "Elastic (Kibana, Watcher, ElastAlert)",
  about:
    "Kibana's rules post through a webhook connector when an alert is active and when it recovers; Watcher and ElastAlert post hits.",
  versions: "Kibana 7.14 to 9 with the body below, Watcher, ElastAlert 2",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Kibana, open Stack Management, Connectors, and add a Webhook connector: method POST, URL {webhook_url}, no authentication, header Content-Type: application/json.",
    "In each rule add the connector twice, for the active group and for Recovered, both with the body below and “for each alert, on status changes”.",
    "To say how bad it is, give the rule a tag such as severity:critical.",
    "Watcher and ElastAlert never say that it is over: their alerts expire.",
  ],
  templates: [
    { where: "Body of the action, in Kibana", language: "json", text: KIBANA },
    { where: "body of the webhook action, in Watcher", language: "json", text: WATCHER },
    { where: "the rule's file, in ElastAlert", language: "yaml", text: ELASTALERT },
  ],
  docs: "https://www.elastic.co/docs/reference/kibana/connectors-kibana/webhook-action-type",
};
