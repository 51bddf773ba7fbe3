import type { AdapterGuide } from "./adapter.ts";

export const site24x7Guide: AdapterGuide = {
  label: "Site24x7",
  about:
    "A webhook posts when a monitor is in trouble, critical, down or up again; each monitor is an alert.",
  versions: "the webhook integration that sends all incident parameters, as JSON or as a form",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Site24x7, open Admin, Third-Party Integrations, Webhooks, Add.",
    "Hook URL: {webhook_url}. Method: POST. Tick “Send incident parameters” and “Post as JSON”. Leave authentication off: the key is part of the address.",
    "Tick notifications for Down, Critical, Trouble and Up: without Up nothing closes.",
    "Associate it with all monitors, or with the groups and tags that matter, and save.",
    "If you would rather write the parameters yourself, paste the ones below as custom parameters.",
  ],
  templates: [
    {
      where: "Custom parameters, as JSON",
      language: "json",
      text: `{
  "MONITORNAME": "$MONITORNAME",
  "MONITORURL": "$MONITORURL",
  "MONITORTYPE": "$MONITORTYPE",
  "STATUS": "$STATUS",
  "INCIDENT_REASON": "$INCIDENT_REASON",
  "INCIDENT_TIME_ISO": "$INCIDENT_TIME_ISO",
  "OUTAGE_TIME_UNIX_FORMAT": "$OUTAGE_TIME_UNIX_FORMAT",
  "MONITOR_GROUPNAME": "$MONITOR_GROUPNAME",
  "FAILED_LOCATIONS": "$FAILED_LOCATIONS",
  "MONITOR_DASHBOARD_LINK": "$MONITOR_DASHBOARD_LINK",
  "RCA_LINK": "$RCA_LINK"
}
`,
    },
  ],
  docs: "https://www.site24x7.com/help/admin/third-party-integration/webhooks.html",
};
