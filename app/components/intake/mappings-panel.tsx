import { Braces } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Sample } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useCompany } from "../../lib/company-context.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { MappingRow } from "./mapping-row.tsx";
import { ReplayDialog } from "./replay-dialog.tsx";

const MappingEditor = lazy(() => import("./mapping-editor.tsx"));

/** How bodies of one's own shape become alerts, in the order they are tried. */
export function MappingsPanel({ mappings, samples }: { mappings: MappingView[]; samples: Sample[] }) {
  const { may } = useViewer();
  const { id } = useCompany();
  const [open, setOpen] = useState<MappingView | "new" | null>(null);
  const [sending, setSending] = useState<MappingView | null>(null);
  const allowed = may("intake.set_up");
  const add = allowed && <Button onClick={() => setOpen("new")}>New mapping</Button>;
  return (
    <>
      {mappings.length === 0 ? (
        <Empty icon={Braces} title="No mapping yet" action={add}>
          {allowed
            ? "Post any JSON to the custom webhook, then say here which part of it is what."
            : "Says which part of a tool’s own JSON is what. Your role cannot add one."}
        </Empty>
      ) : (
        <>
          <p className="border-b px-4 py-2 text-xs text-faint">
            The first that is switched on and is for a body reads it.
            {!allowed && " Your role can look at mappings, not change them."}
          </p>
          <ol className="divide-y" aria-label="Mappings in order">
            {mappings.map((mapping) => (
              <MappingRow
                key={mapping.id}
                mapping={mapping}
                last={mappings.length - 1}
                onEdit={() => setOpen(mapping)}
                onSend={() => setSending(mapping)}
              />
            ))}
          </ol>
          {add && <div className="border-t px-4 py-2.5">{add}</div>}
        </>
      )}
      <Dialog
        open={open !== null}
        onOpenChange={(on) => !on && setOpen(null)}
        title={open === "new" || !open ? "New mapping" : open.name}
        description='A path such as $.host, a template such as {{ $.host }} on {{ $.site }}, or plain text. A path may go on: $.host | lower, | regex("host=(\S+)"), | split(".", 0), | default("none").'
        place="side"
      >
        {open && (
          <Suspense fallback={<Skeleton rows={8} />}>
            <MappingEditor
              companyId={id}
              mapping={open === "new" ? null : open}
              samples={samples}
              onDone={() => setOpen(null)}
            />
          </Suspense>
        )}
      </Dialog>
      {sending && (
        <ReplayDialog
          title={`What ${sending.name} can read`}
          ask={{ mapping: sending.id }}
          mappings={mappings}
          onClose={() => setSending(null)}
        />
      )}
    </>
  );
}
