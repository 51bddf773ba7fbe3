import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Alert } from "../../core/alert.ts";
import type { Kpis } from "../../core/company.ts";
import type { Incident } from "../../core/incident.ts";
import { itemsOf, type Part } from "../components/overview/part.tsx";
import type { Page } from "../live/use-pages.ts";
import { callApi } from "./api.server.ts";
import { loadAttention, NEWEST } from "./attention.server.ts";
import { pick, withQuery } from "./query.ts";

const DAY_MS = 86_400_000;
/** Alerts of the feed. */
const SHOWN = 30;
const DAYS: Record<string, number> = { "7d": 7, "30d": 30 };

/** The overview's parts, read side by side. The console's own loader answers for the session. */
export async function loadOverview(context: AppLoadContext, params: URLSearchParams, now: number) {
  async function part<T>(path: string, more: Record<string, string>): Promise<Part<T>> {
    const query = pick(params, ["company_id"]);
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    const answer = await callApi<T>(context, "GET", withQuery(path, query));
    return answer.ok ? { value: answer.value } : { problem: answer.error.detail };
  }
  const days = DAYS[params.get("range") ?? ""] ?? 1;
  const from = new Date(now - days * DAY_MS).toISOString();
  const to = new Date(now).toISOString();
  const newest = part<Page<Alert>>("/api/alerts", { limit: String(NEWEST) });
  const [kpis, open, changed, alerts, attention] = await Promise.all([
    part<Kpis>("/api/kpis", { from, to }),
    part<Page<Incident>>("/api/incidents", { status: "open", sort: "priority", limit: "8" }),
    part<Page<Incident>>("/api/incidents", { sort: "updated", limit: "20" }),
    newest.then((all) => ("value" in all ? { value: { items: all.value.items.slice(0, SHOWN) } } : all)),
    loadAttention(context, params, newest.then(itemsOf)),
  ]);
  return { kpis, open, changed, alerts, attention };
}
