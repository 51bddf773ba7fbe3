import { useHydrated } from "../../lib/use-hydrated.ts";
import { useLive } from "../../live/use-live.ts";
import { LiveLight } from "../ui/live-light.tsx";

/** How the console's stream is. */
export function LiveDot() {
  const { status } = useLive();
  const hydrated = useHydrated();
  return <LiveLight status={hydrated ? status : "connecting"} />;
}
