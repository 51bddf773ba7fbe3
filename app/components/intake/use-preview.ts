import { useEffect, useState } from "react";
import { api } from "../../lib/api.ts";

const TYPING_MS = 300;

export type PreviewState<T> = { preview: T } | { problem: string } | null;

/**
 * What the API would make of what is typed, shortly after each change; nothing is saved. `given` is the request's
 * body, null while there is nothing to ask for.
 */
export function usePreview<T>(path: string, given: object | null): PreviewState<T> {
  const [state, setState] = useState<PreviewState<T>>(null);
  const made = given === null ? null : JSON.stringify(given);
  useEffect(() => {
    if (made === null) return setState(null);
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await api<T>(path, { method: "POST", body: JSON.parse(made), signal: gone.signal });
      if (gone.signal.aborted) return;
      if (answer.ok) return setState({ preview: answer.value });
      const wrong = Object.entries(answer.error.fields ?? {});
      const said = wrong.map(([field, text]) => `${field.replace(/^mapping\./, "")}: ${text}`).join("; ");
      setState({ problem: said || answer.error.detail });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [path, made]);
  return state;
}
