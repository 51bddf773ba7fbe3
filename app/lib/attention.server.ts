import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import { callApi } from "./api.server.ts";
import { type Attention, storms, waits } from "./attention.ts";
import { pick, withQuery } from "./query.ts";

/** As many as the hub keeps of an MSP's newest. */
export const NEWEST = 500;

export const waitingOf = (alerts: readonly Alert[]): Attention["waiting"] =>
  alerts.filter(waits).map(({ id, company_id }) => ({ id, company_id }));

/** Incidents of storms that go on. Their title begins with these words, which the list's index finds. */
async function loadStorms(context: AppLoadContext, params: URLSearchParams): Promise<Attention["storms"]> {
  const query = pick(params, ["company_id"]);
  for (const [name, value] of [
    ["status", "open"],
    ["q", "alert storm"],
    ["sort", "updated"],
    ["limit", "50"],
  ])
    query.set(name as string, value as string);
  const answer = await callApi<{ items: Incident[] }>(context, "GET", withQuery("/api/incidents", query));
  if (!answer.ok) return [];
  return answer.value.items
    .filter(storms)
    .map(({ id, company_id, version, storm, status, distinct_alerts }) => ({
      id,
      company_id,
      version,
      storm,
      status,
      distinct_alerts,
    }));
}

/** What a list says above itself; what cannot be read is left out. `alerts`: the newest, where they are read already. */
export async function loadAttention(
  context: AppLoadContext,
  params: URLSearchParams,
  alerts?: Promise<readonly Alert[]>,
): Promise<Attention> {
  const query = pick(params, ["company_id"]);
  query.set("limit", String(NEWEST));
  const read = async () => {
    const answer = await callApi<{ items: Alert[] }>(context, "GET", withQuery("/api/alerts", query));
    return answer.ok ? answer.value.items : [];
  };
  const [newest, open] = await Promise.all([alerts ?? read(), loadStorms(context, params)]);
  return { waiting: waitingOf(newest), storms: open };
}
