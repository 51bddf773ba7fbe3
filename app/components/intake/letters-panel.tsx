import { CheckCircle2 } from "lucide-react";
import { useState } from "react";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useCompany } from "../../lib/company-context.ts";
import { count } from "../../lib/format.ts";
import type { Letters } from "../../lib/intake.server.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { Empty } from "../ui/empty.tsx";
import { LetterBody } from "./letter-body.tsx";

function Group({ group, may }: { group: Letters["groups"][number]; may: boolean }) {
  const fields = { id: group.group };
  return (
    <li className="flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm">
      <Chip tone="warn">{group.tool}</Chip>
      <span className="min-w-0 flex-1 basis-full break-words sm:basis-0">{group.detail}</span>
      <span className="text-xs text-faint max-sm:basis-full">
        {count(group.count)} came, {count(group.kept)} kept, last <Age at={group.last_at} ago />
      </span>
      {may && group.kept > 0 && (
        <CommandButton
          intent="group-replay"
          fields={fields}
          done="Read again; what was understood is taken in"
        >
          Send all again
        </CommandButton>
      )}
      {may && (
        <ConfirmButton
          intent="group-delete"
          fields={fields}
          done="Deleted"
          title="Delete these deliveries?"
          text="Their bodies are gone then and cannot be sent again."
          verb="Delete"
        >
          Delete
        </ConfirmButton>
      )}
    </li>
  );
}

function Letter({ letter, mappings }: { letter: Letters["items"][number]; mappings: MappingView[] }) {
  const { may } = useViewer();
  const { id } = useCompany();
  const [open, setOpen] = useState(false);
  const wrong = Object.entries(letter.fields).map(([path, text]) => `${path}: ${text}`);
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 text-xs">
      <Chip>{letter.tool}</Chip>
      <span className="min-w-0 flex-1 basis-full break-words text-soft sm:basis-0">
        {wrong.join("; ") || letter.detail}
      </span>
      <span className="text-faint max-sm:basis-full">
        {letter.source_ip}, <Age at={letter.at} ago />
      </span>
      {letter.replayed_by && <Chip tone="ok">{`sent again by ${letter.replayed_by}`}</Chip>}
      {letter.truncated && <Chip>too long to send again</Chip>}
      <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Close" : "Look at it"}
      </Button>
      {open && <LetterBody companyId={id} letter={letter} mappings={mappings} may={may("intake.replay")} />}
    </li>
  );
}

/** What was authenticated but not understood: by reason, then one by one. */
export function LettersPanel({ letters, mappings }: { letters: Letters; mappings: MappingView[] }) {
  const { may } = useViewer();
  const allowed = may("intake.replay");
  if (letters.items.length === 0 && letters.groups.length === 0) {
    return (
      <Empty icon={CheckCircle2} title="Everything was understood">
        A delivery with the right key whose body cannot be read is kept here for 30 days, to be sent again.
      </Empty>
    );
  }
  return (
    <>
      <ul className="divide-y" aria-label="By reason">
        {letters.groups.map((group) => (
          <Group key={group.group} group={group} may={allowed} />
        ))}
      </ul>
      <ul className="max-h-96 divide-y overflow-y-auto border-t" aria-label="Deliveries" tabIndex={-1}>
        {letters.items.map((letter) => (
          <Letter key={letter.id} letter={letter} mappings={mappings} />
        ))}
      </ul>
    </>
  );
}
