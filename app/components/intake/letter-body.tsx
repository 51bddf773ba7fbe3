import { useCallback, useEffect, useState } from "react";
import type { DeadLetter, DeadLetterDetail } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { api } from "../../lib/api.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ReplayButton } from "./replay-button.tsx";

/** JSON set out in lines; what is none stays as it came. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The delivery's body, read when it is looked at; `look` reads it again. */
function useLetter(companyId: string, id: string) {
  const [read, setRead] = useState<{ body: string } | { problem: string } | null>(null);
  const look = useCallback(
    async (signal?: AbortSignal) => {
      setRead(null);
      const path = `/api/companies/${companyId}/dead-letters/${encodeURIComponent(id)}`;
      const answer = await api<DeadLetterDetail>(path, { signal });
      if (signal?.aborted) return;
      setRead(answer.ok ? { body: pretty(answer.value.body) } : { problem: answer.error.detail });
    },
    [companyId, id],
  );
  useEffect(() => {
    const gone = new AbortController();
    look(gone.signal);
    return () => gone.abort();
  }, [look]);
  return { read, look };
}

interface LetterBodyProps {
  companyId: string;
  letter: DeadLetter;
  mappings: MappingView[];
  may: boolean;
}

/** One delivery as it came, and what can be done with it. Its body is read when it is looked at. */
export function LetterBody({ companyId, letter, mappings, may }: LetterBodyProps) {
  const { read, look } = useLetter(companyId, letter.id);
  const [way, setWay] = useState("");
  return (
    <div className="w-full space-y-3 pt-2">
      {read === null ? (
        <Skeleton rows={3} />
      ) : "problem" in read ? (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-danger">
          {read.problem}
          <Button size="sm" onClick={() => look()}>
            Try again
          </Button>
        </p>
      ) : (
        <div className="max-h-72 overflow-y-auto">
          <CodeBlock label={letter.truncated ? "The body, cut off" : "The body"} text={read.body} />
        </div>
      )}
      <p className="break-words text-faint">
        {letter.content_type || "no content type"} · {letter.user_agent || "no user agent"} · {letter.size}{" "}
        bytes
      </p>
      {may && (
        <div className="flex flex-wrap items-center gap-2">
          {!letter.replayed_by && !letter.truncated && (
            <>
              <label className="flex min-w-0 max-w-full items-center gap-2 whitespace-nowrap">
                Read it
                <select
                  value={way}
                  onChange={(event) => setWay(event.target.value)}
                  className="h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2"
                >
                  <option value="">as {letter.tool} again</option>
                  {mappings
                    .filter(({ enabled }) => enabled)
                    .map((mapping) => (
                      <option key={mapping.id} value={`mapping:${mapping.id}`}>
                        by the mapping {mapping.name}
                      </option>
                    ))}
                </select>
              </label>
              <ReplayButton id={letter.id} way={way} />
            </>
          )}
          <ConfirmButton
            intent="letter-delete"
            fields={{ id: letter.id }}
            done={`Delivery of ${letter.tool} deleted`}
            title="Delete this delivery?"
            text="Its body is gone then and cannot be sent again."
            verb="Delete"
          >
            Delete
          </ConfirmButton>
        </div>
      )}
    </div>
  );
}
