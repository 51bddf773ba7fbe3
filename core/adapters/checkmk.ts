import { type Adapter, type AdapterResult, cut, isObject, readTime, text } from "./adapter.ts";
import { checkmkGuide } from "./checkmk-guide.ts";
import { webLinks } from "./fields.ts";
import { customVariables, hostService, zonedTime } from "./host-service.ts";

/**
 * NOTIFY_* variables of a notification script as JSON, with or without the prefix, or the lower-case names that
 * some community plug-ins send: https://docs.checkmk.com/latest/en/notifications.html
 */
const TOOL = "checkmk";

const TAGS: [names: string[], tag: string][] = [
  [["HOSTALIAS", "alias"], "host_alias"],
  [["HOSTADDRESS", "address"], "host_address"],
  [["OMD_SITE", "site"], "site"],
  [["HOSTGROUPNAMES"], "host_groups"],
  [["SERVICEGROUPNAMES"], "service_groups"],
  [["HOSTTAGS"], "host_tags"],
  [["SERVICECHECKCOMMAND"], "check"],
];

const CUSTOM = /^(?:NOTIFY_)?(HOST|SERVICE)(?:LABEL)?_([A-Z0-9_]{1,100})$/i;

/** Check_MK's service check commands are names ("check_mk-df"); those of classical checks may hold passwords. */
const plain = (tag: string, value: string) => (tag === "check" ? (value.split("!", 1)[0] ?? "") : value);

function parse(body: unknown): AdapterResult {
  const from = isObject(body) ? body : {};
  const read = (...names: string[]): string => {
    for (const name of names) {
      const value = text(from, `NOTIFY_${name}`) || text(from, name);
      if (value.trim()) return value;
    }
    return "";
  };
  const host = read("HOSTNAME", "host").trim();
  if (!host) {
    return {
      detail: "This is no Checkmk notification: it names no host.",
      fields: { NOTIFY_HOSTNAME: "is required: the NOTIFY_ variables of a notification, as an object" },
    };
  }
  const onHost = read("WHAT", "what").trim().toUpperCase() === "HOST";
  const service = onHost ? "" : read("SERVICEDESC", "service").trim();
  const kind = service ? "SERVICE" : "HOST";
  const item = hostService({
    tool: TOOL,
    type: read("NOTIFICATIONTYPE", "notification_type"),
    host,
    service,
    state: read(`${kind}STATE`, `${kind}SHORTSTATE`, "status", "severity", `${kind}STATEID`),
    output: read(`${kind}OUTPUT`, "output", "summary"),
    longOutput: read(`LONG${kind}OUTPUT`, "long_output"),
    author: read("NOTIFICATIONAUTHOR", `${kind}ACKAUTHOR`),
    comment: read("NOTIFICATIONCOMMENT", `${kind}ACKCOMMENT`),
    source: read("SOURCE").trim(),
    time: readTime(read("MICROTIME")) ?? zonedTime(read("long_date_time", "LONGDATETIME")),
    tags: [
      ...TAGS.map(([names, tag]): [string, string] => [tag, cut(plain(tag, read(...names)), 1024)]),
      ...customVariables(from, CUSTOM),
    ],
    links: webLinks([["Checkmk", read(`${kind}URL`, "url")]]),
  });
  return { items: [item], many: false };
}

export const checkmk: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide: checkmkGuide };
