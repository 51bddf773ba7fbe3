import type { AdapterGuide } from "./adapter.ts";

export const prtgGuide: AdapterGuide = {
  label: "PRTG",
  about:
    "A notification template posts what happens to a sensor; each sensor is an alert, its priority and state become the severity.",
  versions: "PRTG Network Monitor 18 and newer with the payload below, form-encoded or as JSON",
  signs: "key_only",
  recovers: true,
  steps: [
    "In PRTG, open Setup, Account Settings, Notification Templates, add one named Alert Whisperer, and switch Notification Summarization to “Always notify as soon as possible, never summarize”.",
    "Under Execute HTTP Action set the URL to {webhook_url}, the method to POST, and paste the payload below.",
    "On the root group, open Notification Triggers and add a state trigger: when Down for 0 seconds, perform Alert Whisperer; when the condition clears, perform Alert Whisperer.",
    "Add the same trigger for Warning, so that Down, Warning, Up is told to its end, and set “repeat every” to 0.",
    "To hear of acknowledgements as well, add a state trigger for Down (Acknowledged) where your version offers it.",
    "Send a test notification from the template's bell: it opens no incident.",
  ],
  templates: [
    {
      where: "Payload of Execute HTTP Action",
      language: "text",
      text: "sensorid=%sensorid&deviceid=%deviceid&device=%device&sensor=%sensor&status=%status&message=%message&priority=%priority&lastvalue=%lastvalue&host=%host&group=%group&probe=%probe&location=%location&linksensor=%linksensor&linkdevice=%linkdevice&home=%home\n",
    },
  ],
  docs: "https://www.paessler.com/manuals/prtg/notification_templates_settings",
};
