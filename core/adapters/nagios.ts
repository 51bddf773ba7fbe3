import { type Adapter, type AdapterResult, cut, isObject, readTime, text } from "./adapter.ts";
import { webLinks } from "./fields.ts";
import { customVariables, hostService } from "./host-service.ts";
import { nagiosGuide } from "./nagios-guide.ts";

/** Our notification script's JSON, or any dump of the environment macros: with or without "NAGIOS_". */
const TOOL = "nagios";

/** A macro Nagios could not fill in stands as it is: "$SERVICEDESC$". */
const UNFILLED = /^\$[A-Z0-9_:]+\$$/;

type Read = (name: string) => string;

function reader(body: Record<string, unknown>): Read {
  return (name) => {
    const value = text(body, `NAGIOS_${name}`) || text(body, name);
    return UNFILLED.test(value.trim()) ? "" : value;
  };
}

const TAGS: [macro: string, tag: string][] = [
  ["HOSTALIAS", "host_alias"],
  ["HOSTADDRESS", "host_address"],
  ["HOSTGROUPNAMES", "host_groups"],
  ["SERVICEGROUPNAMES", "service_groups"],
  ["SERVICESTATETYPE", "state_type"],
];

/** Custom object variables: NAGIOS__HOSTCLIENT, NAGIOS__SERVICETEAM. */
const CUSTOM = /^(?:NAGIOS_)?_(HOST|SERVICE)([A-Z0-9_]{1,100})$/;

function parse(body: unknown): AdapterResult {
  const read = reader(isObject(body) ? body : {});
  const host = read("HOSTNAME").trim();
  if (!isObject(body) || !host) {
    return {
      detail: "This is no Nagios notification: it names no host.",
      fields: { NAGIOS_HOSTNAME: "is required: the environment macros of a notification, as an object" },
    };
  }
  const service = read("SERVICEDESC").trim();
  const kind = service ? "SERVICE" : "HOST";
  const item = hostService({
    tool: TOOL,
    type: read("NOTIFICATIONTYPE"),
    host,
    service,
    state: read(`${kind}STATE`) || read(`${kind}STATEID`),
    output: read(`${kind}OUTPUT`),
    longOutput: read(`LONG${kind}OUTPUT`),
    author: read("NOTIFICATIONAUTHOR") || read(`${kind}ACKAUTHOR`),
    comment: read("NOTIFICATIONCOMMENT") || read(`${kind}ACKCOMMENT`),
    source: read("SOURCE").trim(),
    // When it was said, not since when it is so: a reminder is newer than what came before it.
    time: readTime(read("TIMET")) ?? readTime(read(`LAST${kind}STATECHANGE`)),
    tags: [
      ...TAGS.map(([macro, tag]): [string, string] => [tag, cut(read(macro), 1024)]),
      ...customVariables(body, CUSTOM),
    ],
    links: webLinks([
      ["Nagios", read(`${kind}INFOURL`)],
      ["Notes", read(`${kind}NOTESURL`)],
      ["Action", read(`${kind}ACTIONURL`)],
    ]),
  });
  return { items: [item], many: false };
}

export const nagios: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide: nagiosGuide };
