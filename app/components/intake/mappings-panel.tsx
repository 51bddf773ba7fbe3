import { Braces } from "lucide-react";
import { useState } from "react";
import type { Sample } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { MappingEditor } from "./mapping-editor.tsx";

/** How bodies of one's own shape become alerts, in the order they are tried. */
export function MappingsPanel({ mappings, samples }: { mappings: MappingView[]; samples: Sample[] }) {
  const { may } = useViewer();
  const [open, setOpen] = useState<MappingView | "new" | null>(null);
  const allowed = may("intake.set_up");
  const add = allowed && <Button onClick={() => setOpen("new")}>New mapping</Button>;
  return (
    <>
      {mappings.length === 0 ? (
        <Empty icon={Braces} title="No mapping yet" action={add}>
          Post any JSON to the custom webhook, then say here which part of it is what.
        </Empty>
      ) : (
        <ul className="divide-y">
          {mappings.map((mapping) => (
            <li key={mapping.id} className="flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm">
              <span className="font-medium">{mapping.name}</span>
              <Chip tone={mapping.enabled ? "ok" : "plain"}>{mapping.enabled ? "on" : "off"}</Chip>
              <code className="min-w-0 flex-1 basis-full break-all text-xs text-faint sm:basis-0">
                {mapping.webhook_path}
              </code>
              {allowed && (
                <>
                  <Button size="sm" onClick={() => setOpen(mapping)}>
                    Edit<span className="sr-only"> {mapping.name}</span>
                  </Button>
                  <ConfirmButton
                    intent="mapping-delete"
                    fields={{ id: mapping.id }}
                    done="Mapping deleted"
                    title={`Delete ${mapping.name}?`}
                    text="Bodies it understood are kept as not understood from then on."
                    verb="Delete"
                  >
                    Delete
                  </ConfirmButton>
                </>
              )}
            </li>
          ))}
          {add && <li className="px-4 py-2.5">{add}</li>}
        </ul>
      )}
      <Dialog
        open={open !== null}
        onOpenChange={(on) => !on && setOpen(null)}
        title={open === "new" || !open ? "New mapping" : open.name}
        description="A path such as $.host, a template such as {{ $.host }} on {{ $.site }}, or plain text."
        place="side"
      >
        {open && (
          <MappingEditor
            mapping={open === "new" ? null : open}
            samples={samples}
            onDone={() => setOpen(null)}
          />
        )}
      </Dialog>
    </>
  );
}
