import type { AdapterGuide } from "./adapter.ts";

export const dynatraceGuide: AdapterGuide = {
  label: "Dynatrace",
  about:
    "A problem notification posts each problem when it opens and when it closes or is merged into another.",
  versions: "problem notifications by custom webhook, SaaS and Managed, with the payload below",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Dynatrace, open Settings, Integration, Problem notifications, and add one of type Custom integration.",
    "Set its webhook URL to {webhook_url}.",
    "Switch on the notification for closed problems, so that recoveries arrive.",
    "Paste the payload below as it is: {ImpactedEntities} and {ProblemDetailsJSON} stand without quotation marks, because Dynatrace puts JSON there.",
    "Send the test notification: it arrives here marked as a test.",
  ],
  templates: [
    {
      where: "Custom payload",
      language: "text",
      text: `{
  "State": "{State}",
  "PID": "{PID}",
  "ProblemID": "{ProblemID}",
  "ProblemTitle": "{ProblemTitle}",
  "ProblemSeverity": "{ProblemSeverity}",
  "ProblemImpact": "{ProblemImpact}",
  "ProblemURL": "{ProblemURL}",
  "Tags": "{Tags}",
  "NamesOfImpactedEntities": "{NamesOfImpactedEntities}",
  "ImpactedEntities": {ImpactedEntities},
  "ProblemDetailsJSON": {ProblemDetailsJSON}
}
`,
    },
  ],
  docs: "https://docs.dynatrace.com/docs/analyze-explore-automate/notifications-and-alerting/problem-notifications",
};
