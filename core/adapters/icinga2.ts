import { type Adapter, type AdapterResult, cut, isObject, readTime, text } from "./adapter.ts";
import { webLinks } from "./fields.ts";
import { customVariables, hostService, zonedTime } from "./host-service.ts";
import { icinga2Guide } from "./icinga2-guide.ts";

/** Our notification script's JSON, or a dump of a NotificationCommand's environment: with or without "ICINGA_". */
const TOOL = "icinga2";

const UNFILLED = /^\$[a-z0-9_.]+\$$/i;

const TAGS: [name: string, tag: string][] = [
  ["HOSTDISPLAYNAME", "host_display_name"],
  ["HOSTADDRESS", "host_address"],
  ["SERVICEDISPLAYNAME", "service_display_name"],
  ["HOSTGROUPS", "host_groups"],
  ["SERVICEGROUPS", "service_groups"],
  ["ZONE", "zone"],
];

/** What is no fact about the host: HOSTCLIENT and the like are variables of the customer's own command. */
const KNOWN = new Set(
  "NAME DISPLAYNAME ADDRESS ADDRESS6 STATE STATEID STATETYPE OUTPUT PERFDATA GROUPS NOTESURL ACTIONURL TYPE ATTEMPT".split(
    " ",
  ),
);

const OWN = /^(?:ICINGA_)?_?(HOST|SERVICE)([A-Z0-9_]{1,100})$/;

function parse(body: unknown): AdapterResult {
  const from = isObject(body) ? body : {};
  const read = (name: string): string => {
    const value = text(from, `ICINGA_${name}`) || text(from, name);
    return UNFILLED.test(value.trim()) ? "" : value;
  };
  const host = read("HOSTNAME").trim();
  if (!host) {
    return {
      detail: "This is no Icinga 2 notification: it names no host.",
      fields: { ICINGA_HOSTNAME: "is required: the environment of a notification command, as an object" },
    };
  }
  const service = read("SERVICENAME").trim();
  const kind = service ? "SERVICE" : "HOST";
  const item = hostService({
    tool: TOOL,
    type: read("NOTIFICATIONTYPE"),
    host,
    service,
    state: read(`${kind}STATE`) || read(`${kind}STATEID`),
    output: read(`${kind}OUTPUT`),
    longOutput: "",
    author: read("NOTIFICATIONAUTHORNAME"),
    comment: read("NOTIFICATIONCOMMENT"),
    source: read("SOURCE").trim(),
    time: readTime(read("TIMET")) ?? zonedTime(read("LONGDATETIME")) ?? readTime(read("LASTSTATECHANGE")),
    tags: [
      ...TAGS.map(([name, tag]): [string, string] => [tag, cut(read(name), 1024)]),
      ...customVariables(from, OWN, KNOWN),
    ],
    links: webLinks([
      ["Notes", read(`${kind}NOTESURL`)],
      ["Action", read(`${kind}ACTIONURL`)],
    ]),
  });
  return { items: [item], many: false };
}

export const icinga2: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide: icinga2Guide };
