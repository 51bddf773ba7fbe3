import { cut } from "./adapter.ts";

export type ZabbixField =
  | "event_id"
  | "trigger_id"
  | "asset"
  | "visible_name"
  | "host_ip"
  | "host_groups"
  | "signature"
  | "message"
  | "opdata"
  | "item"
  | "value"
  | "status"
  | "severity_number"
  | "severity"
  | "update_status"
  | "update_action"
  | "update_message"
  | "update_by"
  | "event_time"
  | "recovery_time"
  | "update_time"
  | "tags_json"
  | "tags"
  | "link"
  | "server"
  | "cause";

interface Names {
  /** Ours, and those that can mean nothing else; all folded to lower-case letters and digits. */
  sure: string[];
  /** Names people gave that usually mean this. */
  unsure: string[];
}

const names = (sure: string, unsure = ""): Names => ({
  sure: sure.split(" "),
  unsure: unsure ? unsure.split(" ") : [],
});

/** Everybody writes the JSON of a Zabbix webhook anew, so a field has the names that were met in the wild. */
export const ZABBIX_NAMES: Record<ZabbixField, Names> = {
  event_id: names("eventid problemid", "id"),
  trigger_id: names("triggerid"),
  asset: names("hosthost hosttechnicalname servicename", "hostname host hostdns hostconn hostvisiblename"),
  visible_name: names("hostname hostvisiblename"),
  host_ip: names("hostip hostconn ip"),
  host_groups: names("triggerhostgroupname hostgroups hostgroup hostgroupname"),
  signature: names(
    "eventname problemname triggername",
    "trigger problem name subject alertsubject title summary",
  ),
  message: names("alertmessage message eventmessage", "description text body"),
  opdata: names("eventopdata opdata itemlastvalue itemvalue", "item value lastvalue"),
  item: names("itemname item"),
  value: names("eventvalue triggervalue"),
  status: names("eventstatus triggerstatus status", "state problemstatus"),
  severity_number: names("eventnseverity triggernseverity nseverity"),
  severity: names("eventseverity triggerseverity severity", "priority level"),
  update_status: names("eventupdatestatus updatestatus"),
  update_action: names("eventupdateaction updateaction"),
  update_message: names("eventupdatemessage updatemessage acknowledgemessage"),
  update_by: names("userfullname updateuser eventupdateuser username user"),
  event_time: names("eventtimestamp"),
  recovery_time: names("eventrecoverytimestamp"),
  update_time: names("eventupdatetimestamp"),
  tags_json: names("eventtagsjson tagsjson"),
  tags: names("eventtags tags triggertags"),
  link: names("triggerlink problemlink eventlink link", "triggerurl url eventurl"),
  server: names("zabbixurl zabbixserver serverurl"),
  cause: names("eventcauseid causeeventid"),
};

/** `[{"tag": "service", "value": "mail"}]` as {EVENT.TAGSJSON} writes it, else "service:mail, scope:performance". */
function eventTags(json: string, plain: string): [string, string][] {
  try {
    const list: unknown = json && json.length < 65_536 ? JSON.parse(json) : null;
    if (Array.isArray(list)) {
      return list.flatMap((entry): [string, string][] => {
        if (typeof entry !== "object" || entry === null) return [];
        const { tag, value } = entry as { tag?: unknown; value?: unknown };
        return typeof tag === "string" ? [[tag, typeof value === "string" ? value : ""]] : [];
      });
    }
  } catch {
    // Not JSON after all: a template of somebody's own.
  }
  return cut(plain, 65_536)
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part): [string, string] => {
      const colon = part.indexOf(":");
      return colon > 0 ? [part.slice(0, colon), part.slice(colon + 1)] : [part, ""];
    });
}

/** The event's tags, then what else is known of host and item. */
export function readZabbixTags(read: (field: ZabbixField) => string): [string, string][] {
  const more: [string, string][] = [
    ["host_name", read("visible_name")],
    ["host_ip", read("host_ip")],
    ["host_groups", read("host_groups")],
    ["item", read("item")],
    ["operational_data", read("opdata")],
    ["trigger_id", read("trigger_id")],
  ];
  return [...more.filter(([, value]) => value), ...eventTags(read("tags_json"), read("tags"))]
    .slice(0, 64)
    .map(([name, value]) => [cut(name, 200), cut(value, 1024)]);
}
