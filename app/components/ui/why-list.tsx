import type { Reason } from "../../../core/alert.ts";
import { score } from "../../lib/format.ts";

/** The reasons of a decision, as sentences. */
export function WhyList({ reasons }: { reasons: Reason[] }) {
  if (reasons.length === 0) return <p className="text-sm text-faint">No reason was recorded.</p>;
  return (
    <ul className="space-y-2">
      {reasons.map((reason) => (
        <li
          key={`${reason.rule} ${reason.key ?? ""} ${reason.text}`}
          className="border-l-2 border-accent pl-3"
        >
          <p className="break-words text-sm">{reason.text}</p>
          <p className="break-all font-mono text-2xs text-faint">
            {reason.rule}
            {reason.key ? ` · ${reason.key}` : ""}
            {reason.score === undefined ? "" : ` · ${score(reason.score)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
