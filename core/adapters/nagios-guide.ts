import type { AdapterGuide } from "./adapter.ts";
import { SCRIPT_CONFIG } from "./script-config.ts";

export const nagiosGuide: AdapterGuide = {
  label: "Nagios",
  about:
    "A notification script posts each notification, signed: problems and recoveries open and close, acknowledgements, downtimes, flapping and comments are noted.",
  versions: "Nagios Core 4 and its relatives with the same macros (Naemon, Nagios XI); tried with 4.4.6",
  signs: "hmac",
  recovers: true,
  steps: [
    "On the Nagios server, as root: curl -fsSo /usr/local/bin/alert-whisperer-nagios {base_url}/integrations/nagios.sh && chmod 755 /usr/local/bin/alert-whisperer-nagios. It needs nothing but sh, awk, curl and openssl.",
    "Write the configuration below to /etc/alert-whisperer/nagios.conf. The signing secret is under Security. Then: chown nagios /etc/alert-whisperer/nagios.conf && chmod 600 /etc/alert-whisperer/nagios.conf",
    "mkdir -p /var/spool/alert-whisperer && chown nagios /var/spool/alert-whisperer: what cannot be delivered waits there and goes out before the next notification.",
    "Put {base_url}/integrations/nagios.cfg among the object files, for example as /etc/nagios4/conf.d/alert-whisperer.cfg, and make the contact alert-whisperer a member of the contact group that your hosts and services notify.",
    "Try it: sudo -u nagios /usr/local/bin/alert-whisperer-nagios --test. A test alert appears here; it opens no incident.",
    "Check and reload: nagios4 -v /etc/nagios4/nagios.cfg && systemctl reload nagios4",
    "For custom variables (_CLIENT, _TEAM) and the words of custom notifications set enable_environment_macros=1 in nagios.cfg. It is not needed otherwise.",
  ],
  templates: [
    { where: "/etc/alert-whisperer/nagios.conf", language: "text", text: SCRIPT_CONFIG("nagios") },
    {
      where: "crontab of nagios, so that what waits goes out without a next notification",
      language: "text",
      text: "* * * * * /usr/local/bin/alert-whisperer-nagios --flush\n",
    },
  ],
  files: [
    { label: "Notification script", path: "/integrations/nagios.sh" },
    { label: "Commands and contact", path: "/integrations/nagios.cfg" },
  ],
  docs: "https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/notifications.html",
};
