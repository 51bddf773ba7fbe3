import type { Actor } from "../../../core/actor.ts";
import type { DeadLetter, ReplayedLetter } from "../../../core/dead-letter.ts";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import type { CompanyRpc, Understood } from "../../../durable-objects/rpc.ts";
import { understand, type Way } from "./understand.ts";

export interface Run {
  company: CompanyRpc;
  actor: Actor;
  way: Way;
  mappings: MappingView[];
  /** Reads only. */
  check: boolean;
}

type Outcome = Omit<ReplayedLetter, "id" | "at" | "tool">;

/** Of a letter with something in it that nothing makes out: what is wrong first. */
function whyOf({ items }: Understood): string {
  const wrong = items.flatMap((item) => ("fields" in item ? Object.entries(item.fields) : []));
  return wrong.map(([path, text]) => `${path}: ${text}`)[0] ?? "Still not understood.";
}

const failed = (detail: string, rejected = 0): Outcome => ({
  outcome: "failed",
  detail,
  alerts: 0,
  rejected,
  alert_ids: [],
});

const already = (detail: string, alert_ids: Outcome["alert_ids"]): Outcome => ({
  outcome: "already",
  detail,
  alerts: 0,
  rejected: 0,
  alert_ids,
});

/** Reads one of many letters again and, unless it is only checked, takes its alerts in; null: it is gone by now. */
export async function readAgain(run: Run, letter: DeadLetter): Promise<Outcome | null> {
  const { company, actor, way, mappings, check } = run;
  if (letter.status === "replayed")
    return already(`It was sent again by ${letter.replayed_by} before.`, letter.alert_ids);
  const whole = await company.letter(actor, letter.id);
  if (!whole.ok) return null;
  const understood = await understand(whole.value, way, mappings);
  if (!understood.ok) return failed(understood.error.detail);
  const { items } = understood.value;
  const alerts = items.filter((item) => "alert" in item).length;
  const rejected = items.length - alerts;
  if (alerts === 0) return failed(whyOf(understood.value), rejected);
  const read: Outcome = {
    outcome: "read",
    detail: rejected > 0 ? whyOf(understood.value) : "",
    alerts,
    rejected,
    alert_ids: [],
  };
  if (check) return read;
  const done = await company.replayLetter(actor, letter.id, understood.value);
  if (!done.ok) return done.error.code === "not_found" ? null : failed(done.error.detail);
  const { status, detail, alert_ids } = done.value;
  return status === "duplicate" ? already(detail, alert_ids) : { ...read, alert_ids };
}
