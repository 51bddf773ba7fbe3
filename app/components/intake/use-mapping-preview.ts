import { useEffect, useState } from "react";
import type { Part } from "../../../core/mapping/explain.ts";
import { api } from "../../lib/api.ts";

const TYPING_MS = 300;

/** What a mapping makes of a body, as the API answers it. */
export interface Preview {
  fits: boolean;
  taken_by: string | null;
  detail: string | null;
  fields: Record<string, string>;
  total: number;
  items: {
    index: number;
    alert: {
      status: string;
      asset_name: string;
      signature: string;
      severity: string;
      message: string;
    } | null;
    dedup_key: string | null;
    fields: Record<string, string>;
    parts: Part[];
  }[];
}

export type PreviewState = { preview: Preview } | { problem: string } | null;

/** Runs what is typed on the body, shortly after each change; nothing is saved. `id`: the mapping that is changed. */
export function useMappingPreview(
  companyId: string,
  mapping: object,
  body: string,
  id?: string,
): PreviewState {
  const [state, setState] = useState<PreviewState>(null);
  const made = JSON.stringify({ mapping, body, id });
  const blank = !body.trim();
  useEffect(() => {
    if (blank) return setState(null);
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await api<Preview>(`/api/companies/${companyId}/mappings/preview`, {
        method: "POST",
        body: JSON.parse(made),
        signal: gone.signal,
      });
      if (gone.signal.aborted) return;
      if (answer.ok) return setState({ preview: answer.value });
      const wrong = Object.entries(answer.error.fields ?? {});
      const said = wrong.map(([path, text]) => `${path.replace(/^mapping\./, "")}: ${text}`).join("; ");
      setState({ problem: said || answer.error.detail });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [companyId, made, blank]);
  return state;
}
