import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";

/**
 * A form that starts anew from what the server has: give `round` as its key, and to `useCompanyForm`.
 * `loaded` is the loader's value, which is another object after each reading.
 */
export function useRound(loaded: unknown): { round: number; startAnew(): void } {
  const { revalidate } = useRevalidator();
  const [round, setRound] = useState(0);
  const [before, setBefore] = useState<unknown>(null);
  useEffect(() => {
    if (before === null || before === loaded) return;
    setBefore(null);
    setRound((last) => last + 1);
  }, [before, loaded]);
  return {
    round,
    startAnew() {
      setBefore(loaded);
      revalidate();
    },
  };
}
