import { useEffect, useState } from "react";
import type { DeadLetter, DeadLetterDetail } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { api } from "../../lib/api.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** JSON set out in lines; what is none stays as it came. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

interface LetterBodyProps {
  companyId: string;
  letter: DeadLetter;
  mappings: MappingView[];
  may: boolean;
}

/** One delivery as it came, and what can be done with it. Its body is read when it is looked at. */
export function LetterBody({ companyId, letter, mappings, may }: LetterBodyProps) {
  const [read, setRead] = useState<{ body: string } | { problem: string } | null>(null);
  const [way, setWay] = useState("");
  useEffect(() => {
    const gone = new AbortController();
    const path = `/api/companies/${companyId}/dead-letters/${encodeURIComponent(letter.id)}`;
    api<DeadLetterDetail>(path, { signal: gone.signal }).then((answer) => {
      if (gone.signal.aborted) return;
      setRead(answer.ok ? { body: pretty(answer.value.body) } : { problem: answer.error.detail });
    });
    return () => gone.abort();
  }, [companyId, letter.id]);
  const fields = { id: letter.id, way };
  return (
    <div className="w-full space-y-3 pt-2">
      {read === null ? (
        <Skeleton rows={3} />
      ) : "problem" in read ? (
        <p role="alert">{read.problem}</p>
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
              <label className="flex items-center gap-2">
                Read it
                <select
                  value={way}
                  onChange={(event) => setWay(event.target.value)}
                  className="h-8 rounded-md border border-line-strong bg-surface px-2"
                >
                  <option value="">as {letter.tool} again</option>
                  {mappings.map((mapping) => (
                    <option key={mapping.id} value={`mapping:${mapping.id}`}>
                      by the mapping {mapping.name}
                    </option>
                  ))}
                </select>
              </label>
              <CommandButton intent="letter-replay" fields={fields} done="Read again, and taken in">
                Send again
              </CommandButton>
            </>
          )}
          <ConfirmButton
            intent="letter-delete"
            fields={{ id: letter.id }}
            done="Deleted"
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
