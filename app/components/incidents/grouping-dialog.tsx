import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { toast } from "sonner";
import type { Incident, IncidentDetail } from "../../../core/incident.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { api } from "../../lib/api.ts";
import { liveStore } from "../../live/store.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

const FIELD =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 py-2 text-base placeholder:text-faint sm:text-sm";

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-3 border-t pt-4 first:border-t-0 first:pt-0">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Ticks({ name, items }: { name: string; items: { id: string; text: string; more: string }[] }) {
  return (
    <ul className="max-h-48 divide-y overflow-y-auto rounded-md border">
      {items.map(({ id, text, more }) => (
        <li key={id}>
          <label className="flex items-center gap-3 px-3 py-2 text-sm hover:bg-hover">
            <input type="checkbox" name={name} value={id} className="size-4 shrink-0" />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{text}</span>
              <span className="block truncate text-xs text-faint">{more}</span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

interface GroupingDialogProps {
  incident: IncidentDetail;
  onClose(): void;
  onChanged(): void;
}

/** What a technician may say of how alerts are grouped, and how severe the whole is. */
export default function GroupingDialog({ incident, onClose, onChanged }: GroupingDialogProps) {
  const [others, setOthers] = useState<Incident[] | null>(null);
  const [words, setWords] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = incident.status !== "resolved";

  useEffect(() => {
    const asked = new AbortController();
    const query = new URLSearchParams({
      company_id: incident.company_id,
      status: "open",
      limit: "50",
      q: words,
    });
    api<{ items: Incident[] }>(`/api/incidents?${query}`, { signal: asked.signal }).then((answer) => {
      if (asked.signal.aborted) return;
      if (answer.ok) setOthers(answer.value.items.filter(({ id }) => id !== incident.id));
      else setProblem(answer.error.detail);
    });
    return () => asked.abort();
  }, [incident.company_id, incident.id, words]);

  async function send(verb: string, body: object, done: string) {
    setBusy(true);
    const answer = await api<Incident>(`/api/incidents/${incident.id}/${verb}`, { method: "POST", body });
    setBusy(false);
    if (!answer.ok) {
      if (answer.error.current) liveStore.adopt(answer.error.current as Incident);
      setProblem(answer.error.detail);
      return;
    }
    liveStore.adopt(answer.value);
    toast(done);
    onChanged();
    onClose();
  }

  const submit = (work: (form: FormData) => void) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    work(new FormData(event.currentTarget));
  };
  const picked = (form: FormData, name: string) => form.getAll(name).map(String);

  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title="Grouping"
      description={incident.title}
      place="side"
    >
      <div className="space-y-5">
        {problem && (
          <p role="alert" className="rounded-md border border-line-strong bg-sunken px-3 py-2 text-sm">
            {problem}
          </p>
        )}
        {open && (
          <Part title="Severity">
            <form
              className="flex gap-2"
              onSubmit={submit((form) =>
                send("severity", { severity: form.get("severity") }, `Severity: ${form.get("severity")}`),
              )}
            >
              <select
                name="severity"
                aria-label="Severity"
                defaultValue={incident.severity}
                className={FIELD}
              >
                {SEVERITIES.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
              <Button type="submit" disabled={busy}>
                Set
              </Button>
            </form>
          </Part>
        )}
        <Part title="Do these alerts belong together?">
          <form
            className="space-y-3"
            onSubmit={(event) => {
              event.preventDefault();
              const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
              const comment = String(new FormData(event.currentTarget).get("comment") ?? "");
              send("feedback", { good: pressed?.value === "good", comment }, "Thank you, noted");
            }}
          >
            <input name="comment" aria-label="Comment" placeholder="Why (may stay empty)" className={FIELD} />
            <div className="flex gap-2">
              <Button type="submit" value="good" disabled={busy}>
                Rightly grouped
              </Button>
              <Button type="submit" value="bad" disabled={busy}>
                Wrongly grouped
              </Button>
            </div>
          </form>
        </Part>
        {open && (
          <Part title="Merge others into it">
            <input
              type="search"
              aria-label="Search open incidents"
              placeholder="Search open incidents"
              value={words}
              onChange={(event) => setWords(event.target.value)}
              className={FIELD}
            />
            <form
              className="space-y-3"
              onSubmit={submit((form) => send("merge", { incident_ids: picked(form, "incident") }, "Merged"))}
            >
              {others === null && <p className="text-sm text-faint">Loading</p>}
              {others?.length === 0 && (
                <p className="text-sm text-faint">No other incident of this company is open.</p>
              )}
              {others && others.length > 0 && (
                <>
                  <Ticks
                    name="incident"
                    items={others.map((one) => ({
                      id: one.id,
                      text: one.title,
                      more: `${one.severity} · ${one.asset_names.slice(0, 3).join(", ") || "no asset named"}`,
                    }))}
                  />
                  <Button type="submit" disabled={busy}>
                    Merge
                  </Button>
                </>
              )}
            </form>
          </Part>
        )}
        {open && incident.distinct_alerts > 1 && (
          <Part title="Split alerts off">
            <form
              className="space-y-3"
              onSubmit={submit((form) =>
                send(
                  "split",
                  { alert_ids: picked(form, "alert"), title: String(form.get("title") ?? "") || null },
                  "Split off as an incident of its own",
                ),
              )}
            >
              <Ticks
                name="alert"
                items={incident.alerts.map((one) => ({
                  id: one.id,
                  text: one.message || one.raw_signature,
                  more: `${one.asset_name || "no asset named"} · ${one.tool_source}`,
                }))}
              />
              <input
                name="title"
                maxLength={200}
                aria-label="Title of the new incident"
                placeholder="Title of the new incident (may stay empty)"
                className={FIELD}
              />
              <Button type="submit" disabled={busy}>
                Split
              </Button>
            </form>
          </Part>
        )}
        {open && incident.regrouped && (
          <Part title="Take back">
            <p className="text-sm text-soft">
              The newest {incident.regrouped.kind}, by {incident.regrouped.by?.name ?? "the grouping itself"}.
            </p>
            <Button onClick={() => send("undo", {}, "Taken back")} disabled={busy}>
              Undo the {incident.regrouped.kind}
            </Button>
          </Part>
        )}
      </div>
    </Dialog>
  );
}
