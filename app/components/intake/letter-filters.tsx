import type { LetterGroup } from "../../../core/dead-letter.ts";
import { rejectionTitle } from "../../lib/rejection-words.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { FilterSelect } from "../ui/filter-bar.tsx";
import type { ReplayAsk } from "./use-replay-many.ts";

export interface FilterProps {
  groups: LetterGroup[];
  params: URLSearchParams;
  set(changes: Record<string, string | null>): void;
  onSend(replay: { title: string; ask: ReplayAsk }): void;
}

/** What is there to choose from, and what is chosen though it is gone by now. */
function optionsOf(all: string, values: string[], chosen: string, words: (value: string) => string) {
  const known = [...new Set([...values, ...(chosen ? [chosen] : [])])].sort();
  return [["", all] as const, ...known.map((value) => [value, words(value)] as const)];
}

/** Narrows the deliveries by tool, reason and state; and sends all that fit again. */
export function LetterFilters({ groups, params, set, onSend }: FilterProps) {
  const { may } = useViewer();
  const chosen = (name: string) => params.get(name) ?? "";
  const tools = groups.map(({ tool }) => tool);
  const reasons = groups.map(({ reason }) => reason);
  const ask: ReplayAsk = {
    ...(chosen("group") && { group: chosen("group") }),
    ...(chosen("tool") && { from_tool: chosen("tool") }),
    ...(chosen("reason") && { reason: chosen("reason") }),
  };
  return (
    <search className="flex flex-wrap items-center gap-2 border-t px-4 py-2.5">
      <FilterSelect
        label="Tool"
        value={chosen("tool")}
        options={optionsOf("Every tool", tools, chosen("tool"), (tool) => tool)}
        onChange={(event) => set({ tool: event.target.value })}
      />
      <FilterSelect
        label="Reason"
        value={chosen("reason")}
        options={optionsOf("Every reason", reasons, chosen("reason"), rejectionTitle)}
        onChange={(event) => set({ reason: event.target.value })}
      />
      <FilterSelect
        label="State"
        value={chosen("status")}
        options={[
          ["", "Waiting or sent"],
          ["waiting", "Waiting"],
          ["replayed", "Sent again"],
        ]}
        onChange={(event) => set({ status: event.target.value })}
      />
      {may("intake.replay") && (
        <Button
          size="sm"
          className="max-sm:w-full sm:ml-auto"
          onClick={() => onSend({ title: "Send these again", ask })}
        >
          Send these again
        </Button>
      )}
    </search>
  );
}
