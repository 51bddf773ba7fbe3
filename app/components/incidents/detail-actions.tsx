import { Check, CircleUser, RotateCcw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Incident } from "../../../core/incident.ts";
import { useHotkeys } from "../../lib/use-hotkeys.ts";
import { SilenceButton } from "../noise/silence-button.tsx";
import { Button } from "../ui/button.tsx";
import { resolveWith } from "./commands.ts";
import { useIncidentCommand } from "./use-incident-command.ts";

const ResolveDialog = lazy(() => import("./resolve-dialog.tsx"));

/** Acknowledge and reopen are plain forms, so they work before any script has loaded. */
export function DetailActions({ incident, onChanged }: { incident: Incident; onChanged(): void }) {
  const fetcher = useIncidentCommand(incident.id);
  const [resolving, setResolving] = useState(false);
  const busy = fetcher.state !== "idle";
  const open = incident.status !== "resolved";
  const send = (verb: string) => fetcher.submit({ verb }, { method: "post" });

  useHotkeys({
    a: () => incident.status === "new" && send("acknowledge"),
    r: (event) => {
      if (!open) return;
      event.preventDefault();
      setResolving(true);
    },
  });

  async function resolve(notes: string): Promise<string | null> {
    const refused = await resolveWith(incident, notes);
    onChanged();
    return refused;
  }

  return (
    <>
      <fetcher.Form method="post" className="flex gap-2 empty:hidden">
        {incident.status === "new" && (
          <Button
            type="submit"
            name="verb"
            value="acknowledge"
            look="primary"
            disabled={busy}
            aria-keyshortcuts="a"
          >
            <CircleUser aria-hidden className="size-4" />
            Acknowledge
          </Button>
        )}
        {!open && (
          <Button type="submit" name="verb" value="reopen" disabled={busy}>
            <RotateCcw aria-hidden className="size-4" />
            Reopen
          </Button>
        )}
      </fetcher.Form>
      {open && (
        <Button
          onClick={() => setResolving(true)}
          aria-keyshortcuts="r"
          look={incident.status === "new" ? "plain" : "primary"}
        >
          <Check aria-hidden className="size-4" />
          Resolve
        </Button>
      )}
      {open && (
        <SilenceButton
          companyId={incident.company_id}
          from={incident.id}
          asset={incident.asset_names.length === 1 ? (incident.asset_names[0] ?? "") : ""}
          signature={incident.signature}
        />
      )}
      {resolving && (
        <Suspense fallback={null}>
          <ResolveDialog title={incident.title} onClose={() => setResolving(false)} onResolve={resolve} />
        </Suspense>
      )}
    </>
  );
}
