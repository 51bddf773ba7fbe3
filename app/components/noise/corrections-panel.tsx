import { Tags } from "lucide-react";
import { useState } from "react";
import type { CorrectionView } from "../../../core/policy/correction.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";
import { CorrectionForm } from "./correction-form.tsx";

/** What the company knows better than the classifier. */
export function CorrectionsPanel({ corrections }: { corrections: CorrectionView[] }) {
  const { may } = useViewer();
  const [adding, setAdding] = useState(false);
  const add = may("noise.silence") && (
    <Button size="sm" look="primary" onClick={() => setAdding(true)}>
      Correct a signature
    </Button>
  );
  return (
    <Panel title="Corrections" aside={corrections.length > 0 && add} flush>
      {corrections.length === 0 ? (
        <Empty icon={Tags} title="No corrections" action={add || undefined}>
          Severity and category come from what a tool sends and from what a signature usually means. Say here
          where that is wrong for this company.
        </Empty>
      ) : (
        <ul className="divide-y">
          {corrections.map(({ id, signature, category, severity, comment, created_at, created_by }) => (
            <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-60 space-y-1">
                <p className="break-words">
                  <span className="font-mono text-xs">{signature}</span> is always{" "}
                  <span className="font-medium">{[category, severity].filter(Boolean).join(", ")}</span>
                </p>
                {comment && <p className="break-words text-soft">{comment}</p>}
                <p className="text-xs text-faint">
                  By {created_by}, <Age at={created_at} ago />
                </p>
              </div>
              {may("noise.silence") && (
                <ConfirmButton
                  intent="correction-delete"
                  fields={{ id }}
                  done="Correction removed"
                  title={`Forget the correction of ${signature}?`}
                  text="New alerts of it are classified as before. Those that came stay as they are."
                  verb="Forget it"
                  aria-label={`Remove the correction of ${signature}`}
                >
                  Remove
                </ConfirmButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <Dialog open={adding} onOpenChange={setAdding} title="Always treat a signature as">
        <CorrectionForm onDone={() => setAdding(false)} />
      </Dialog>
    </Panel>
  );
}
