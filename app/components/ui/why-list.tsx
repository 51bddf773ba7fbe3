import type { ReactElement } from "react";
import type { Reason } from "../../../core/alert.ts";
import { plural, score } from "../../lib/format.ts";

const SHOWN = 3;

function Why({ reason }: { reason: Reason }) {
  return (
    <li className="border-l-2 border-accent pl-3">
      <p className="break-words text-sm">{reason.text}</p>
      <p className="break-all font-mono text-2xs text-faint">
        {reason.rule}
        {reason.key ? ` · ${reason.key}` : ""}
        {reason.score === undefined ? "" : ` · ${score(reason.score)}`}
      </p>
    </li>
  );
}

/** Two reasons may read alike: the how-manieth of its text tells one from the other. */
function items(reasons: Reason[]): ReactElement[] {
  const times = new Map<string, number>();
  const out: ReactElement[] = [];
  for (const reason of reasons) {
    const nth = (times.get(reason.text) ?? 0) + 1;
    times.set(reason.text, nth);
    out.push(<Why key={`${reason.text} ${nth}`} reason={reason} />);
  }
  return out;
}

/** The reasons of a decision, as sentences; many of them fold away behind the first three. */
export function WhyList({ reasons }: { reasons: Reason[] }) {
  if (reasons.length === 0) return <p className="text-sm text-faint">No reason was recorded.</p>;
  const rest = reasons.slice(SHOWN);
  return (
    <div className="space-y-2">
      <ul className="space-y-2">{items(reasons.slice(0, SHOWN))}</ul>
      {rest.length > 0 && (
        <details>
          <summary className="text-xs text-soft hover:text-ink">{plural(rest.length, "more reason")}</summary>
          <ul className="mt-2 space-y-2">{items(rest)}</ul>
        </details>
      )}
    </div>
  );
}
