import type { LiveStatus } from "../../live/connection.ts";

const LOOK: Record<LiveStatus, { word: string; says: string; dot: string }> = {
  live: { word: "Live", says: "Live: updates arrive as they happen", dot: "bg-ok" },
  connecting: { word: "Connecting", says: "Connecting to live updates", dot: "bg-medium" },
  offline: {
    word: "Offline",
    says: "Offline: what you see may be outdated; reconnecting by itself",
    dot: "bg-faint",
  },
};

/** Tells the truth about a stream: green only while frames or pongs come in. */
export function LiveLight({ status }: { status: LiveStatus }) {
  const { word, says, dot } = LOOK[status];
  return (
    <div
      role="status"
      data-testid="live-dot"
      data-status={status}
      title={says}
      className="flex items-center gap-2 px-1.5 text-xs text-soft"
    >
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      <span aria-hidden className="max-md:hidden">
        {word}
      </span>
      <span className="sr-only">{says}</span>
    </div>
  );
}
