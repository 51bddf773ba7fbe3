import { count } from "../../lib/format.ts";
import { rejectionTitle } from "../../lib/rejection-words.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import type { FilterProps } from "./letter-filters.tsx";

/** How often each tool was refused for each reason, kept or not. */
export function LetterGroups({ groups, params, set, onSend }: FilterProps) {
  const { may } = useViewer();
  const shown = params.get("group");
  return (
    <ul className="max-h-80 divide-y overflow-y-auto" aria-label="By reason" tabIndex={-1}>
      {groups.map(({ group, tool, reason, detail, count: came, kept, last_at }) => (
        <li key={group} className="flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm">
          <Chip tone="warn">{tool}</Chip>
          <span className="min-w-0 flex-1 basis-full break-words lg:basis-0">
            <span className="font-medium">{rejectionTitle(reason)}.</span>{" "}
            <span className="text-soft">{detail}</span>
          </span>
          <span className="text-xs text-faint max-sm:basis-full">
            {count(came)} came, {count(kept)} waiting, last <Age at={last_at} ago />
          </span>
          <span className="flex flex-wrap gap-2">
            <Button
              size="sm"
              aria-pressed={shown === group}
              onClick={() => set({ group: shown === group ? null : group, tool: null, reason: null })}
            >
              {shown === group ? "Show all" : "Only these"}
            </Button>
            {may("intake.replay") && (
              <>
                {kept > 0 && (
                  <Button
                    size="sm"
                    onClick={() => onSend({ title: `Send what ${tool} sent again`, ask: { group } })}
                  >
                    Send all again
                  </Button>
                )}
                <ConfirmButton
                  intent="group-delete"
                  fields={{ id: group }}
                  done={`The deliveries of ${tool} are deleted`}
                  title={`Delete these deliveries of ${tool}?`}
                  text="Their bodies are gone then and cannot be sent again. Their count begins anew."
                  verb="Delete"
                  onDone={() => shown === group && set({ group: null })}
                >
                  Delete all
                </ConfirmButton>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
