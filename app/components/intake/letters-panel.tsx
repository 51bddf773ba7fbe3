import { CheckCircle2, SearchX } from "lucide-react";
import { useState } from "react";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useCompany } from "../../lib/company-context.ts";
import { cx } from "../../lib/cx.ts";
import { plural } from "../../lib/format.ts";
import type { Letters } from "../../lib/intake.server.ts";
import { letterQuery } from "../../lib/letter-query.ts";
import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { LetterFilters } from "./letter-filters.tsx";
import { LetterGroups } from "./letter-groups.tsx";
import { LetterRow } from "./letter-row.tsx";
import { ReplayDialog } from "./replay-dialog.tsx";
import { useLetters } from "./use-letters.ts";
import type { ReplayAsk } from "./use-replay-many.ts";

interface PanelProps {
  letters: Letters;
  mappings: MappingView[];
}

/** What was authenticated but not understood: by reason, then one by one. */
export function LettersPanel({ letters, mappings }: PanelProps) {
  const { id } = useCompany();
  const { params, set, pending } = useSearchFilters();
  const query = letterQuery(params);
  const list = useLetters(`/api/companies/${id}/dead-letters${query}`, letters);
  const [sending, setSending] = useState<{ title: string; ask: ReplayAsk } | null>(null);
  if (list.items.length === 0 && letters.groups.length === 0 && !query) {
    return (
      <Empty icon={CheckCircle2} title="Everything was understood">
        A delivery with the right key whose body cannot be read is kept here for 30 days, to be sent again.
      </Empty>
    );
  }
  return (
    <>
      <LetterGroups groups={letters.groups} params={params} set={set} onSend={setSending} />
      <LetterFilters groups={letters.groups} params={params} set={set} onSend={setSending} />
      {list.items.length === 0 ? (
        <Empty
          icon={SearchX}
          title="No delivery fits"
          action={
            <Button onClick={() => set({ tool: null, reason: null, status: null, group: null })}>
              Show all deliveries
            </Button>
          }
        >
          None that is kept is of this tool, reason and state.
        </Empty>
      ) : (
        <ul
          className={cx("max-h-120 divide-y overflow-y-auto border-t", pending && "opacity-55")}
          aria-label="Deliveries"
          aria-busy={pending}
          tabIndex={-1}
        >
          {list.items.map((letter) => (
            <LetterRow key={letter.id} letter={letter} mappings={mappings} />
          ))}
        </ul>
      )}
      {list.items.length > 0 && (
        <div className="flex flex-wrap items-center gap-3 border-t px-4 py-2.5 text-xs text-faint">
          <span aria-live="polite">{`${list.items.length} of ${plural(list.items.length + list.left, "delivery", "deliveries")}`}</span>
          {list.problem && (
            <span role="alert" className="text-danger">
              {list.problem}
            </span>
          )}
          {list.left > 0 && (
            <Button size="sm" disabled={list.busy} onClick={list.loadMore}>
              {list.busy ? "Loading" : list.problem ? "Try again" : "Show more"}
            </Button>
          )}
        </div>
      )}
      {sending && <ReplayDialog {...sending} mappings={mappings} onClose={() => setSending(null)} />}
    </>
  );
}
