import type { AdapterGuide } from "./adapter.ts";

export const zabbixGuide: AdapterGuide = {
  label: "Zabbix",
  about:
    "A webhook media type posts problems, recoveries and updates, signed; the event's id joins them, and what somebody does to a problem in Zabbix is noted.",
  versions:
    "Zabbix 6.0 to 7.x with the media type below; webhook scripts of your own are read field by field",
  signs: "hmac",
  recovers: true,
  steps: [
    "Download {base_url}/integrations/zabbix-media-type.yaml and import it: Alerts, Media types, Import (Zabbix 6.0: Administration, Media types).",
    "Open the media type Alert Whisperer and set its parameters: url to {base_url}/api/webhooks/zabbix, api_key to {api_key}, secret to {hmac_secret}, the signing secret under Security. If Zabbix needs a proxy to reach us, set http_proxy.",
    "Set the global macro {$ZABBIX.URL} to the address of your Zabbix frontend, so that alerts link to it and two Zabbix servers of one company stay apart.",
    "Enable the media type, press Test and send it as it is: a test alert appears here; it opens no incident.",
    "Make a user of its own, for example alert-whisperer, with read access to the host groups, and give it the media Alert Whisperer (Send to: any text, it is not used) with all severities. Zabbix tells nobody of their own updates, so do not take the account of somebody who works with it.",
    "In Alerts, Actions, Trigger actions, let an enabled action send to this user in Operations, Recovery operations and Update operations. Leave the messages to the media type.",
  ],
  templates: [
    {
      where: "A webhook script of your own: send at least these names, as JSON",
      language: "json",
      text: `{
  "event_id": "{EVENT.ID}",
  "event_value": "{EVENT.VALUE}",
  "event_update_status": "{EVENT.UPDATE.STATUS}",
  "event_nseverity": "{EVENT.NSEVERITY}",
  "event_name": "{EVENT.NAME}",
  "trigger_id": "{TRIGGER.ID}",
  "host_host": "{HOST.HOST}",
  "alert_message": "{ALERT.MESSAGE}"
}
`,
    },
  ],
  files: [{ label: "Media type for 6.0 and 7.x", path: "/integrations/zabbix-media-type.yaml" }],
  docs: "https://www.zabbix.com/documentation/current/en/manual/config/notifications/media/webhook",
};
