import type { Adapter } from "./adapter.ts";
import { alertmanager } from "./alertmanager.ts";
import { azure } from "./azure.ts";
import { checkmk } from "./checkmk.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { custom } from "./custom.ts";
import { datadog } from "./datadog.ts";
import { dynatrace } from "./dynatrace.ts";
import { elastic } from "./elastic.ts";
import { eventbridge } from "./eventbridge.ts";
import { gcp } from "./gcp.ts";
import { generic } from "./generic.ts";
import { grafana } from "./grafana.ts";
import { icinga2 } from "./icinga2.ts";
import { nagios } from "./nagios.ts";
import { newrelic } from "./newrelic.ts";
import { pingdom } from "./pingdom.ts";
import { prtg } from "./prtg.ts";
import { sentry } from "./sentry.ts";
import { site24x7 } from "./site24x7.ts";
import { splunk } from "./splunk.ts";
import { uptimeKuma } from "./uptime-kuma.ts";
import { zabbix } from "./zabbix.ts";

/** Every adapter, in the order people are shown them. */
const ALL: Adapter[] = [
  generic,
  alertmanager,
  grafana,
  datadog,
  newrelic,
  dynatrace,
  cloudwatch,
  eventbridge,
  azure,
  gcp,
  sentry,
  elastic,
  splunk,
  zabbix,
  nagios,
  icinga2,
  checkmk,
  prtg,
  uptimeKuma,
  pingdom,
  site24x7,
  custom,
];

/** Route name -> adapter. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(ALL.map((a) => [a.tool, a]));
