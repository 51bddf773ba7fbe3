import { useCallback, useEffect, useState } from "react";
import type { RuleView } from "../../../core/policy/rule.ts";
import { api } from "../../lib/api.ts";
import type { List } from "../../lib/people-types.ts";

type Fate = Pick<
  RuleView,
  "matched" | "last_matched_at" | "ungrouped" | "errors" | "last_error_at" | "last_error"
> & { rule_id: string };

/** How the rules for all companies fare in one of them; `rules` null: it did not answer. */
export interface CompanyFates {
  company_id: string;
  company_name: string;
  behind: boolean;
  rules: Fate[] | null;
}

/** Each company counts for itself: pages of them are asked from the browser, the first by itself. */
export function useRuleFates(rules: readonly RuleView[]) {
  const [items, setItems] = useState<CompanyFates[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [state, setState] = useState<"reading" | "done" | string>("reading");
  const read = useCallback(async (cursor: string | null, gone?: AbortSignal) => {
    setState("reading");
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const answer = await api<List<CompanyFates>>(`/api/msp/rules/companies?limit=25${more}`, {
      signal: gone,
    });
    if (gone?.aborted) return;
    if (!answer.ok) return setState(answer.error.detail);
    setItems((known) => (cursor ? [...known, ...answer.value.items] : answer.value.items));
    setNext(answer.value.next_cursor);
    setState("done");
  }, []);
  useEffect(() => {
    const gone = new AbortController();
    if (rules.length > 0) read(null, gone.signal);
    return () => gone.abort();
  }, [read, rules]);
  return { items, state, more: next === null ? null : () => read(next), retry: () => read(next) };
}
