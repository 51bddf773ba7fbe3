import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Company } from "../../core/company.ts";
import type { Page } from "../live/use-pages.ts";
import { type ApiAnswer, callApi } from "./api.server.ts";
import type { ConsoleData } from "./use-console.ts";

/** Names are shown everywhere, so all companies are read once; past this many the search must serve. */
const PAGES = 10;

/** Never fails: without the lists, incidents and the live stream are still worth showing. */
export async function companyNames(
  context: AppLoadContext,
): Promise<Pick<ConsoleData, "companies" | "companiesKnown">> {
  const companies: ConsoleData["companies"] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const query: URLSearchParams = new URLSearchParams({ limit: "100", ...(cursor ? { cursor } : {}) });
    const path = `/api/companies?${query}`;
    const answer: ApiAnswer<Page<Company>> = await callApi(context, "GET", path);
    if (!answer.ok) return { companies, companiesKnown: false };
    companies.push(...answer.value.items.map(({ id, name }) => ({ id, name })));
    cursor = answer.value.next_cursor;
    if (!cursor) break;
  }
  return { companies, companiesKnown: true };
}
