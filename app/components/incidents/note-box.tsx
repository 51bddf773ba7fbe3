import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";

interface Answer {
  problem: string | null;
}

/** A note on the incident: for colleagues alone, unless it is said that the client sees it too. */
export function NoteBox({ incidentId }: { incidentId: string }) {
  const fetcher = useFetcher<Answer>({ key: `note-${incidentId}` });
  const form = useRef<HTMLFormElement>(null);
  const [open, setOpen] = useState(false);
  const busy = fetcher.state !== "idle";
  const { data } = fetcher;
  useEffect(() => {
    if (data?.problem !== null) return;
    form.current?.reset();
    setOpen(false);
    toast("Note added");
  }, [data]);
  return (
    <Panel title="Add a note">
      <fetcher.Form method="post" ref={form} className="space-y-3">
        <input type="hidden" name="verb" value="note" />
        <label htmlFor="note-text" className="sr-only">
          Note
        </label>
        <textarea
          id="note-text"
          name="text"
          required
          rows={3}
          maxLength={4000}
          placeholder="What you found, or what comes next"
          className="w-full rounded-md border border-line-strong bg-surface px-2.5 py-2 text-base placeholder:text-faint sm:text-sm"
        />
        {data?.problem && (
          <p role="alert" className="text-sm text-danger">
            {data.problem}
          </p>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <label className="flex items-start gap-2.5 text-sm">
            <input
              type="checkbox"
              name="public"
              className="mt-[3px] size-3.5 shrink-0 accent-accent-solid"
              onChange={(event) => setOpen(event.currentTarget.checked)}
            />
            <span>
              <span className="font-medium">Visible to the client</span>
              <span className="block text-xs text-faint">
                {open ? "Shown on the company's portal." : "Internal: colleagues alone read it."}
              </span>
            </span>
          </label>
          <Button type="submit" disabled={busy}>
            {busy ? "Adding" : "Add note"}
          </Button>
        </div>
      </fetcher.Form>
    </Panel>
  );
}
