import type { RowSelectionState } from "@tanstack/react-table";
import { useState } from "react";
import type { Incident } from "../../../core/incident.ts";
import { plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { acknowledgeAll } from "./commands.ts";

interface BulkBarProps {
  rows: Incident[];
  selection: RowSelectionState;
  onDone(): void;
}

/** What can be done with all selected incidents at once. */
export function BulkBar({ rows, selection, onDone }: BulkBarProps) {
  const [busy, setBusy] = useState(false);
  const chosen = rows.filter((incident) => selection[incident.id]);
  if (chosen.length === 0) return null;
  async function acknowledge() {
    setBusy(true);
    await acknowledgeAll(chosen);
    setBusy(false);
    onDone();
  }
  return (
    <div
      role="toolbar"
      aria-label="Selected incidents"
      className="absolute inset-x-0 bottom-12 z-10 mx-auto flex w-fit animate-in items-center gap-3 rounded-lg border border-line-strong bg-raised py-2 pr-2 pl-4 text-sm shadow-pop"
    >
      {plural(chosen.length, "incident")} selected
      <Button look="primary" size="sm" onClick={acknowledge} disabled={busy}>
        {busy ? "Acknowledging" : "Acknowledge"}
      </Button>
      <Button look="quiet" size="sm" onClick={onDone}>
        Clear
      </Button>
    </div>
  );
}
