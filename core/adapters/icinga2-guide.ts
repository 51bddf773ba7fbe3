import type { AdapterGuide } from "./adapter.ts";
import { SCRIPT_CONFIG } from "./script-config.ts";

export const icinga2Guide: AdapterGuide = {
  label: "Icinga 2",
  about:
    "A notification command posts each notification, signed: problems and recoveries open and close, acknowledgements, downtimes, flapping and comments are noted.",
  versions: "Icinga 2.11 and newer; tried with 2.13.6",
  signs: "hmac",
  recovers: true,
  steps: [
    "On the Icinga master, as root: curl -fsSo /usr/local/bin/alert-whisperer-icinga2 {base_url}/integrations/icinga2.sh && chmod 755 /usr/local/bin/alert-whisperer-icinga2. It needs nothing but sh, awk, curl and openssl.",
    "Write the configuration below to /etc/alert-whisperer/icinga2.conf. The signing secret is under Security. Then: chown nagios /etc/alert-whisperer/icinga2.conf && chmod 600 /etc/alert-whisperer/icinga2.conf (the user is icinga outside of Debian).",
    "mkdir -p /var/spool/alert-whisperer && chown nagios /var/spool/alert-whisperer: what cannot be delivered waits there and goes out before the next notification.",
    "Save {base_url}/integrations/icinga2.conf as /etc/icinga2/conf.d/alert-whisperer.conf. Its apply rules notify of every host and service; narrow “assign where” if that is too much.",
    "Try it: sudo -u nagios /usr/local/bin/alert-whisperer-icinga2 --test. A test alert appears here; it opens no incident.",
    "Check and reload: icinga2 daemon -C && systemctl reload icinga2",
  ],
  templates: [
    { where: "/etc/alert-whisperer/icinga2.conf", language: "text", text: SCRIPT_CONFIG("icinga2") },
    {
      where: "crontab of nagios, so that what waits goes out without a next notification",
      language: "text",
      text: "* * * * * /usr/local/bin/alert-whisperer-icinga2 --flush\n",
    },
  ],
  files: [
    { label: "Notification script", path: "/integrations/icinga2.sh" },
    { label: "Commands, user and apply rules", path: "/integrations/icinga2.conf" },
  ],
  docs: "https://icinga.com/docs/icinga-2/latest/doc/03-monitoring-basics/#notifications",
};
