import { useCallback, useEffect, useRef, useState } from "react";
import type { ReplayedLetter, ReplayPage } from "../../../core/dead-letter.ts";
import { api } from "../../lib/api.ts";

/** Which deliveries, and how they are read; as the API takes it. */
export interface ReplayAsk {
  group?: string;
  from_tool?: string;
  reason?: string;
  tool?: string;
  mapping?: string;
}

/** Looking what could be read, then doing it. */
export type Phase = "checking" | "checked" | "sending" | "sent";

export interface ReplayRun {
  phase: Phase;
  letters: ReplayedLetter[];
  left: number;
  problem: string | null;
}

const START: ReplayRun = { phase: "checking", letters: [], left: 0, problem: null };
/** Small enough that the bar moves. */
const PAGE = 25;

/** Goes through all of them page by page. Checks at once, and anew when `ask` changes; `send` takes them in. */
export function useReplayMany(companyId: string, ask: ReplayAsk) {
  const [run, setRun] = useState<ReplayRun>(START);
  const asked = JSON.stringify(ask);
  const gone = useRef(new AbortController());
  const next = useRef<string | null>(null);
  const halted = useRef(false);

  const walk = useCallback(
    async (check: boolean, from: string | null) => {
      gone.current.abort();
      const own = new AbortController();
      gone.current = own;
      const phase = check ? "checking" : "sending";
      setRun((old) => (from === null ? { ...START, phase } : { ...old, phase, problem: null }));
      next.current = from;
      halted.current = false;
      do {
        const answer = await api<ReplayPage>(`/api/companies/${companyId}/dead-letters/replay`, {
          method: "POST",
          body: { ...JSON.parse(asked), check, limit: PAGE, ...(next.current && { cursor: next.current }) },
          signal: own.signal,
        });
        if (own.signal.aborted) return;
        if (!answer.ok) return setRun((old) => ({ ...old, problem: answer.error.detail }));
        const { items, left, next_cursor } = answer.value;
        next.current = next_cursor;
        const over = next_cursor === null || halted.current;
        const after = check ? "checked" : "sent";
        setRun((old) => ({
          phase: over ? after : phase,
          letters: [...old.letters, ...items],
          left,
          problem: null,
        }));
      } while (next.current !== null && !halted.current);
    },
    [companyId, asked],
  );

  useEffect(() => {
    walk(true, null);
    return () => gone.current.abort();
  }, [walk]);

  return {
    run,
    send: () => walk(false, null),
    /** Ends behind the page that is under way. */
    stop: () => {
      halted.current = true;
    },
    /** Goes on where an answer failed. */
    goOn: () => walk(run.phase === "checking", next.current),
  };
}
