import type { Actor, Via } from "./actor.ts";

/** What was done, as whoever did it notes it down. Before and after hold what changed, never a secret. */
export interface AuditNote {
  /** Dotted, past tense: `company.settings_changed`. */
  action: string;
  company_id: string | null;
  target: { type: string; id: string; name?: string };
  before?: unknown;
  after?: unknown;
}

/** A note with who, when and from where; the MSP's hub gives it its number and links it to the one before. */
export interface AuditEntry extends AuditNote {
  id: string;
  msp_id: string;
  /** Epoch ms. */
  at: number;
  actor: { type: "user" | "token" | "system"; id: string | null; name: string };
  from: Via;
}

/** `id` is the caller's, made before the change, so that a repeated delivery stays one entry. */
export function auditEntry(id: string, actor: Actor, note: AuditNote, at: number): AuditEntry {
  const type = actor.via?.token_id ? "token" : "user";
  return {
    ...note,
    id,
    msp_id: actor.msp_id,
    at,
    actor: { type, id: actor.user_id, name: actor.name },
    from: actor.via ?? { ip: null },
  };
}
