import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

interface ResolveDialogProps {
  title: string;
  onClose(): void;
  /** Called with the notes; the dialog closes unless the answer says what stood in the way. */
  onResolve(notes: string): Promise<string | null>;
}

export default function ResolveDialog({ title, onClose, onResolve }: ResolveDialogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const notes = String(new FormData(event.currentTarget).get("notes") ?? "").trim();
    setBusy(true);
    const refused = await onResolve(notes);
    setBusy(false);
    setProblem(refused);
    if (refused === null) onClose();
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Resolve incident" description={title}>
      <form onSubmit={submit} className="space-y-4">
        <div className="space-y-1">
          <label htmlFor="resolve-notes" className="block text-sm font-medium">
            Notes
          </label>
          <textarea
            id="resolve-notes"
            name="notes"
            rows={5}
            maxLength={4000}
            placeholder="What was wrong, and what fixed it"
            className="w-full rounded-md border border-line-strong bg-surface px-2.5 py-2 text-base placeholder:text-faint sm:text-sm"
          />
        </div>
        {problem && (
          <p role="alert" className="rounded-md border border-line-strong bg-sunken px-3 py-2 text-sm">
            {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy}>
            {busy ? "Resolving" : "Resolve"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
