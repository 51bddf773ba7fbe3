import type { Adapter } from "./adapter.ts";
import { alertmanager } from "./alertmanager.ts";
import { azure } from "./azure.ts";
import { datadog } from "./datadog.ts";
import { dynatrace } from "./dynatrace.ts";
import { elastic } from "./elastic.ts";
import { gcp } from "./gcp.ts";
import { generic } from "./generic.ts";
import { grafana } from "./grafana.ts";
import { newrelic } from "./newrelic.ts";
import { sentry } from "./sentry.ts";
import { splunk } from "./splunk.ts";

/** Every adapter, in the order people are shown them. */
const ALL: Adapter[] = [
  generic,
  alertmanager,
  grafana,
  datadog,
  newrelic,
  dynatrace,
  azure,
  gcp,
  sentry,
  elastic,
  splunk,
];

/** Route name -> adapter. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(ALL.map((a) => [a.tool, a]));
