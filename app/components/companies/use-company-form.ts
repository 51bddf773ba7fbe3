import { useActionData, useFetcher, useParams } from "@remix-run/react";
import type { CompanyAnswer } from "../../lib/company-actions.server.ts";

/** One of a company page's forms: its fetcher, and its last answer with or without scripts. */
export function useCompanyForm(intent: string, round: number | string = 0) {
  const { id } = useParams();
  // By company as well: what one company answered, a new key even, is never shown on another's page.
  const fetcher = useFetcher<CompanyAnswer>({ key: `company-${id}-${intent}-${round}` });
  const page = useActionData<CompanyAnswer>();
  const answer = fetcher.data ?? (page?.intent === intent ? page : undefined);
  return { fetcher, answer, busy: fetcher.state !== "idle" };
}
