import type { Actor } from "../actor.ts";
import { fail, ok, type Result } from "../errors.ts";
import type { IncidentCommand } from "../incident.ts";
import { note, reopen, resolve, touch } from "./incidents.ts";
import type { Changes, IncidentState } from "./state.ts";

/**
 * What a person does to an incident, judged by its state: the same person again is fine, whoever comes
 * second gets a conflict. `changed` is false where nothing was left to do.
 */
export function command(
  changes: Changes,
  incident: IncidentState,
  by: Pick<Actor, "user_id" | "name">,
  cmd: IncidentCommand,
  now: number,
): Result<{ changed: boolean }> {
  const person = { id: by.user_id, name: by.name };
  const actor = { type: "user", id: by.user_id, name: by.name } as const;
  switch (cmd.type) {
    case "acknowledge": {
      if (incident.status === "resolved")
        return fail("conflict", "This incident is resolved already; reopen it to take it.");
      if (incident.acknowledged_by) {
        if (incident.acknowledged_by.id === person.id) return ok({ changed: false });
        return fail("conflict", `${incident.acknowledged_by.name} acknowledged this incident first.`);
      }
      incident.status = "acknowledged";
      incident.acknowledged_at = now;
      incident.acknowledged_by = person;
      incident.assigned_to ??= person;
      note(changes, incident, now, "acknowledged", `${person.name} acknowledged it.`, { actor });
      touch(changes, incident, now);
      return ok({ changed: true });
    }
    case "resolve": {
      if (incident.status === "resolved") {
        if (incident.resolved_by?.id === person.id) return ok({ changed: false });
        return fail(
          "conflict",
          `${incident.resolved_by?.name ?? "The system"} resolved this incident first.`,
        );
      }
      const still =
        incident.firing > 0 ? ` while ${incident.firing} of its alerts still fired at the source` : "";
      resolve(
        changes,
        incident,
        now,
        `${person.name} resolved it${still}.`,
        person,
        cmd.notes.trim() || null,
      );
      return ok({ changed: true });
    }
    case "reopen": {
      if (incident.status !== "resolved") return ok({ changed: false });
      if (incident.merged_into !== undefined)
        return fail("conflict", "This incident is part of another now; take the merge back there.");
      reopen(
        changes,
        incident,
        now,
        `${person.name} reopened it${cmd.reason ? `: ${cmd.reason}` : "."}`,
        actor,
      );
      return ok({ changed: true });
    }
    case "note": {
      note(changes, incident, now, "note", cmd.text, { actor, public: cmd.public });
      touch(changes, incident, now);
      return ok({ changed: true });
    }
  }
}

/** The quiet period is over: resolves by itself if it is still quiet. false: not (yet) due. */
export function resolveQuiet(
  changes: Changes,
  incident: IncidentState,
  delayMs: number,
  now: number,
): boolean {
  if (incident.status === "resolved" || incident.firing > 0 || incident.quiet_since === null) return false;
  // While one of its alerts flaps, well is only between two troubles.
  if (incident.flapping) return false;
  // Reopened by a person since: they want it open, and a quiet that began before does not close it again.
  if (incident.quiet_since < incident.opened_at) return false;
  if (now < incident.quiet_since + delayMs) return false;
  resolve(changes, incident, now, "Resolved by itself: every alert recovered and stayed quiet.", null, null);
  return true;
}
