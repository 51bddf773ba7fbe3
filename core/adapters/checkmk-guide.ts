import type { AdapterGuide } from "./adapter.ts";
import { SCRIPT_CONFIG } from "./script-config.ts";

export const checkmkGuide: AdapterGuide = {
  label: "Checkmk",
  about:
    "A notification script of the site posts each notification, signed: problems and recoveries open and close, acknowledgements, downtimes and flapping are noted.",
  versions: "Checkmk 1.6 and newer, all editions (the NOTIFY_ variables)",
  signs: "hmac",
  recovers: true,
  steps: [
    "As the site's user (omd su SITE): curl -fsSo ~/local/share/check_mk/notifications/alert-whisperer {base_url}/integrations/checkmk.sh && chmod 755 ~/local/share/check_mk/notifications/alert-whisperer",
    "Write the configuration below to ~/etc/alert-whisperer.conf and chmod 600 it. The signing secret is under Security.",
    "mkdir -p ~/var/alert-whisperer: what cannot be delivered waits there and goes out before the next notification.",
    "Try it: ~/local/share/check_mk/notifications/alert-whisperer --test. A test alert appears here; it opens no incident.",
    "In Setup, Events, Notifications, add a rule with the method alert-whisperer, for the contacts who should be told (or one user), without a bulk, and activate the changes.",
    "Leave acknowledgements, downtimes and flapping ticked in the rule: they are noted on the alert and open nothing.",
  ],
  templates: [
    {
      where: "~/etc/alert-whisperer.conf",
      language: "text",
      text: SCRIPT_CONFIG("checkmk").replace(
        "/var/spool/alert-whisperer",
        "/omd/sites/SITE/var/alert-whisperer",
      ),
    },
  ],
  files: [{ label: "Notification script", path: "/integrations/checkmk.sh" }],
  docs: "https://docs.checkmk.com/latest/en/notifications.html#scripts",
};
