import { useState } from "react";
import type { DeadLetter } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useCompany } from "../../lib/company-context.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { LetterBody } from "./letter-body.tsx";

/** One delivery, and its body when it is asked for. */
export function LetterRow({ letter, mappings }: { letter: DeadLetter; mappings: MappingView[] }) {
  const { may } = useViewer();
  const { id } = useCompany();
  const [open, setOpen] = useState(false);
  const wrong = Object.entries(letter.fields).map(([path, text]) => `${path}: ${text}`);
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 text-xs">
      <Chip>{letter.tool}</Chip>
      <span className="min-w-0 flex-1 basis-full break-words sm:basis-0 text-soft">
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
