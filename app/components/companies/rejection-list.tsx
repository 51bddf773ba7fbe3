import { CheckCircle2 } from "lucide-react";
import type { Rejection } from "../../../core/rejection.ts";
import { count } from "../../lib/format.ts";
import { clockWords, rejectionTitle } from "../../lib/rejection-words.ts";
import { Age } from "../ui/age.tsx";
import { Chip } from "../ui/chip.tsx";
import { Empty } from "../ui/empty.tsx";

function Row({ rejection }: { rejection: Rejection }) {
  const { at, reason, tool, detail, source_ip, count: times } = rejection;
  const clock = clockWords(rejection);
  return (
    <li className="px-4 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{rejectionTitle(reason)}</span>
        <Chip>{tool}</Chip>
        {times > 1 && <span className="text-xs text-faint">×{count(times)}</span>}
        <span className="ml-auto text-xs text-faint">
          {source_ip && `from ${source_ip}, `}
          <Age at={at} ago />
        </span>
      </div>
      <p className="mt-0.5 break-words text-xs text-soft">
        {detail}
        {clock && <strong className="font-medium text-ink"> {clock}</strong>}
      </p>
    </li>
  );
}

/** The newest deliveries that were refused, and why. */
export function RejectionList({ items }: { items: Rejection[] }) {
  if (items.length === 0) {
    return (
      <Empty icon={CheckCircle2} title="No delivery was refused">
        One with a wrong key, a bad signature or a body that cannot be read shows here with the reason.
      </Empty>
    );
  }
  return (
    <ul className="max-h-120 divide-y overflow-y-auto" tabIndex={-1}>
      {items.map((rejection) => (
        <Row key={`${rejection.at} ${rejection.reason} ${rejection.source_ip}`} rejection={rejection} />
      ))}
    </ul>
  );
}
