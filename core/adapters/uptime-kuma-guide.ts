import type { AdapterGuide } from "./adapter.ts";

export const uptimeKumaGuide: AdapterGuide = {
  label: "Uptime Kuma",
  about:
    "The webhook notification posts when a monitor goes down or comes back, and warns of certificates that expire; of the monitor's configuration only its name, type, address and labels are kept.",
  versions: "Uptime Kuma 1.18 to 2.x with the preset body",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Uptime Kuma, open Settings, Notifications, Setup Notification, and choose the type Webhook.",
    "Post URL: {webhook_url}. Request body: Preset - application/json. No additional headers are needed.",
    "Press Test: a test alert appears here; it opens no incident.",
    "Tick “Apply on all existing monitors”, or choose the notification in each monitor.",
    "Uptime Kuma knows no severity. Give monitors a tag named severity with the value critical, high, medium or low; without one an alert is medium.",
  ],
  templates: [],
  docs: "https://github.com/louislam/uptime-kuma/wiki/Notification-Methods",
};
