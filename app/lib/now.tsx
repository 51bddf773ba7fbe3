import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const NowContext = createContext(0);
const TICK_MS = 10_000;

/** One clock for every age on the page; starts at the server's time so that hydration agrees. */
export function NowProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

/** Epoch milliseconds, renewed every ten seconds. */
export function useNow(): number {
  return useContext(NowContext);
}
