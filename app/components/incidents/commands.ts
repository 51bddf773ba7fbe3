import { toast } from "sonner";
import type { Incident, IncidentStatus } from "../../../core/incident.ts";
import { api } from "../../lib/api.ts";
import { plural } from "../../lib/format.ts";
import { liveStore } from "../../live/store.ts";

type Verb = "acknowledge" | "resolve" | "reopen";

const DONE: Record<Verb, string> = { acknowledge: "Acknowledged", resolve: "Resolved", reopen: "Reopened" };

const STATE: Record<IncidentStatus, string> = {
  new: "open again",
  acknowledged: "acknowledged",
  in_progress: "in progress",
  resolved: "resolved",
};

/** Who was first, in a sentence. */
export function whoWasFirst(current: Incident): string {
  const person = current.status === "resolved" ? current.resolved_by : current.acknowledged_by;
  const who =
    person?.name ?? (current.status === "resolved" ? "It recovered at the source and" : "Somebody else");
  if (!person && current.status === "resolved") return `${who} is resolved already.`;
  return `${who} was first: the incident is ${STATE[current.status]}.`;
}

type Outcome = { ok: true; incident: Incident } | { ok: false; detail: string };

async function send(id: string, verb: Verb, body: object): Promise<Outcome> {
  const answer = await api<Incident>(`/api/incidents/${id}/${verb}`, { method: "POST", body });
  if (answer.ok) {
    liveStore.adopt(answer.value);
    return { ok: true, incident: answer.value };
  }
  if (answer.status === 409 && answer.error.current) {
    const current = answer.error.current as Incident;
    liveStore.adopt(current);
    return { ok: false, detail: whoWasFirst(current) };
  }
  return { ok: false, detail: answer.error.detail };
}

/** One command from a list; the outcome is a toast. */
export async function runCommand(incident: Incident, verb: Verb): Promise<void> {
  const outcome = await send(incident.id, verb, {});
  if (outcome.ok) toast(`${DONE[verb]}: ${incident.title}`);
  else toast(outcome.detail, { description: incident.title });
}

/** Resolves with notes. @returns what stood in the way, for the dialog to say while the notes are kept */
export async function resolveWith(incident: Incident, notes: string): Promise<string | null> {
  const outcome = await send(incident.id, "resolve", { notes });
  if (!outcome.ok) return outcome.detail;
  toast(`${DONE.resolve}: ${incident.title}`);
  return null;
}

const AT_ONCE = 4;

/** Acknowledges each, a few at a time, and says how many went through. */
export async function acknowledgeAll(incidents: Incident[]): Promise<void> {
  const queue = [...incidents];
  const failures: string[] = [];
  async function worker() {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await send(next.id, "acknowledge", {});
      if (!outcome.ok) failures.push(outcome.detail);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const done = incidents.length - failures.length;
  const first = failures[0];
  if (!first) toast(`Acknowledged ${plural(done, "incident")}`);
  else toast(`Acknowledged ${done} of ${plural(incidents.length, "incident")}`, { description: first });
}
