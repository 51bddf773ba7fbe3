import * as z from "zod";

/** An entry of the audit log as the API shows it. */
export const auditItemSchema = z.object({
  id: z.string(),
  /** Its number in the MSP's chain; null for the moment until it is linked. */
  seq: z.number().int().nullable(),
  hash: z.string().nullable(),
  at: z.string(),
  action: z.string(),
  company_id: z.string().nullable(),
  actor: z.object({ type: z.enum(["user", "token", "system"]), id: z.string().nullable(), name: z.string() }),
  from: z.object({
    ip: z.string().nullable(),
    session_id: z.string().optional(),
    token_id: z.string().optional(),
  }),
  target: z.object({ type: z.string(), id: z.string(), name: z.string().optional() }),
  before: z.unknown(),
  after: z.unknown(),
  /** Its content was erased: who, when and what kind are left. */
  erased: z.boolean(),
});
export type AuditItem = z.infer<typeof auditItemSchema>;

export const auditPageSchema = z.object({
  items: z.array(auditItemSchema),
  next_cursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditVerdictSchema = z.object({
  ok: z.boolean(),
  /** Entries that were looked at. */
  entries: z.number().int(),
  erased: z.number().int(),
  /** The newest link as the MSP's hub remembers it, apart from the log. */
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  /** The first number at which the log is not what was written, and why. */
  broken: z.object({ seq: z.number().int(), reason: z.string() }).optional(),
});
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;
