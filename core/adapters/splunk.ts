import {
  type Adapter,
  type AdapterGuide,
  type AdapterResult,
  cut,
  isObject,
  readTime,
  text,
} from "./adapter.ts";
import { finish, firstOf, objectAt, webLinks } from "./fields.ts";

/**
 * The webhook action of a saved search. It sends the first row of the result alone, and says nothing when the
 * search finds no more: https://docs.splunk.com/Documentation/Splunk/latest/Alert/Webhooks
 */
const TOOL = "splunk";

const HOSTS = [
  "host",
  "orig_host",
  "dest_host",
  "dest",
  "dvc",
  "ComputerName",
  "computer",
  "hostname",
  "asset",
];
const SEVERITY = ["severity", "urgency", "priority", "level", "log_level"];

/** All values are texts, or lists of them where a field has several. */
function firstValues(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .slice(0, 500)
      .map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

const WORDS = new Set([...HOSTS, ...SEVERITY, "source", "sourcetype", "index", "process", "service"]);

function parse(body: unknown): AdapterResult {
  if (!isObject(body))
    return { detail: "This is no Splunk webhook: it is no object.", fields: { body: "must be an object" } };
  const flags: string[] = [];
  const row = firstValues(objectAt(body, "result"));
  let asset = firstOf(row, HOSTS);
  if (!asset) {
    asset = /(?:^|\|)host::([^|]{1,253})/.exec(cut(text(row, "_confstr"), 4096))?.[1] ?? "";
    if (asset) flags.push("guessed_asset");
  }
  const name = firstOf(body, ["search_name"]);
  const sid = text(body, "sid");
  const item = finish(
    {
      tool: TOOL,
      status: "firing",
      asset,
      signature: name,
      word: firstOf(row, SEVERITY),
      message: firstOf(row, ["message", "_raw"]),
      identity: [
        ["app", cut(text(body, "app"), 1024)],
        ["host", cut(asset.toLowerCase(), 1024)],
        ["owner", cut(text(body, "owner"), 1024)],
        ["search", cut(name, 2048)],
      ],
      event_time: readTime(row._time),
      tags: Object.keys(row)
        .filter((key) => WORDS.has(key) && text(row, key) !== "")
        .map((key): [string, string] => [key, cut(text(row, key), 1024)]),
      links: webLinks([["Splunk", text(body, "results_link")]]),
      flags,
      group: sid,
    },
    "search_name",
  );
  return { items: [item], many: false };
}

const guide: AdapterGuide = {
  label: "Splunk",
  about:
    "A saved search posts the first row of its result each time it triggers; its alerts expire, because it never says that it is over.",
  versions: "the webhook alert action of Splunk Enterprise and Splunk Cloud",
  signs: "key_only",
  recovers: false,
  steps: [
    "In Splunk, open the alert, Edit, Edit alert, and add the trigger action Webhook with the address {webhook_url}.",
    "Trigger “For each result”: only the first row of a result is sent.",
    "Let the search name the fields host, message and severity, as the example does.",
    "Splunk Cloud and version 9 send only to allowed addresses: add {base_url} under Settings, Server settings, Webhook allow list.",
  ],
  templates: [
    {
      where: "a search that names its fields",
      language: "text",
      text: `index=os sourcetype=df
| stats latest(UsePct) AS used BY host, MountedOn
| where used > 90
| eval severity = if(used > 97, "critical", "high"), message = MountedOn . " is " . used . " % full"
`,
    },
  ],
  docs: "https://docs.splunk.com/Documentation/Splunk/latest/Alert/Webhooks",
};

export const splunk: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide };
