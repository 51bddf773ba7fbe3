import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { ROLES } from "../../core/actor.ts";
import { JOB_KINDS, JOB_STATUSES } from "../../core/job.ts";
import type { MspBrand } from "../../core/msp.ts";
import type { TokenScope } from "../../core/permissions.ts";
import type { Rule } from "../../core/policy/rule.ts";
import type { JobData } from "../jobs/store.ts";

/** The tables of migrations/ that ordinary queries use. Times are epoch milliseconds. */
export const msps = sqliteTable("msps", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  created_at: integer("created_at").notNull(),
  /** Minutes without a request after which sessions end; null: not before their own end. */
  idle_timeout_minutes: integer("idle_timeout_minutes"),
  brand: text("brand", { mode: "json" }).$type<MspBrand>(),
});

export const users = sqliteTable("users", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  role: text("role", { enum: ROLES }).notNull(),
  password_hash: text("password_hash").notNull(),
  created_at: integer("created_at").notNull(),
  email_verified_at: integer("email_verified_at"),
  /** Removed from the MSP: signs in no more. */
  disabled_at: integer("disabled_at"),
  /** The company that employs them; null: the MSP. */
  employer_company_id: text("employer_company_id"),
  time_zone: text("time_zone").notNull().default("UTC"),
  /** Sealed, like the pending one, which is in force once a code of it was given. */
  totp_secret: text("totp_secret"),
  totp_pending: text("totp_pending"),
  totp_enabled_at: integer("totp_enabled_at"),
  /** The newest time step whose code was used. */
  totp_last_step: integer("totp_last_step"),
});

export const sessions = sqliteTable("sessions", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  user_id: text("user_id").notNull(),
  created_at: integer("created_at").notNull(),
  expires_at: integer("expires_at").notNull(),
  revoked_at: integer("revoked_at"),
  /** At most a minute behind. */
  last_seen_at: integer("last_seen_at"),
  ip: text("ip"),
  user_agent: text("user_agent"),
  second_factor: text("second_factor", { enum: ["totp", "recovery", "passkey"] }),
  stepped_up_until: integer("stepped_up_until"),
});

export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    user_id: text("user_id").notNull(),
    code_hash: text("code_hash").notNull(),
    used_at: integer("used_at"),
  },
  (table) => [primaryKey({ columns: [table.user_id, table.code_hash] })],
);

export const passkeys = sqliteTable("passkeys", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  user_id: text("user_id").notNull(),
  name: text("name").notNull(),
  /** Base64url, as is the public key in COSE. */
  credential_id: text("credential_id").notNull().unique(),
  public_key: text("public_key").notNull(),
  counter: integer("counter").notNull(),
  transports: text("transports", { mode: "json" }).$type<string[]>().notNull(),
  backed_up: integer("backed_up", { mode: "boolean" }).notNull(),
  created_at: integer("created_at").notNull(),
  last_used_at: integer("last_used_at"),
});

export const challenges = sqliteTable("challenges", {
  id: text("id").primaryKey(),
  purpose: text("purpose", { enum: ["register", "sign_in", "second_factor"] }).notNull(),
  user_id: text("user_id"),
  challenge: text("challenge").notNull(),
  expires_at: integer("expires_at").notNull(),
});

/** Keyed by a MAC over account and place, alike for addresses that have no account. */
export const loginFailures = sqliteTable("login_failures", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  locked_until: integer("locked_until"),
  updated_at: integer("updated_at").notNull(),
});

export const knownDevices = sqliteTable(
  "known_devices",
  {
    id: text("id").notNull(),
    user_id: text("user_id").notNull(),
    last_used_at: integer("last_used_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.user_id] })],
);

export const personalTokens = sqliteTable("personal_tokens", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  user_id: text("user_id").notNull(),
  name: text("name").notNull(),
  token_hash: text("token_hash").notNull().unique(),
  scopes: text("scopes", { mode: "json" }).$type<TokenScope[]>().notNull(),
  created_at: integer("created_at").notNull(),
  expires_at: integer("expires_at"),
  last_used_at: integer("last_used_at"),
  revoked_at: integer("revoked_at"),
});

export const companies = sqliteTable(
  "companies",
  {
    id: text("id").primaryKey(),
    msp_id: text("msp_id").notNull(),
    name: text("name").notNull(),
    time_zone: text("time_zone").notNull(),
    created_at: integer("created_at").notNull(),
    /** The earliest deadline of the company's object, for the sweep. */
    next_due_at: integer("next_due_at"),
  },
  (table) => [index("companies_by_msp").on(table.msp_id, table.name, table.id)],
);
export type CompanyRow = typeof companies.$inferSelect;

export const userCompanies = sqliteTable(
  "user_companies",
  {
    user_id: text("user_id").notNull(),
    company_id: text("company_id").notNull(),
    msp_id: text("msp_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.user_id, table.company_id] })],
);

export const invitations = sqliteTable("invitations", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  email: text("email").notNull(),
  role: text("role", { enum: ROLES }).notNull(),
  company_ids: text("company_ids", { mode: "json" }).$type<string[]>().notNull(),
  employer_company_id: text("employer_company_id"),
  token_hash: text("token_hash").notNull().unique(),
  invited_by: text("invited_by").notNull(),
  created_at: integer("created_at").notNull(),
  expires_at: integer("expires_at").notNull(),
  accepted_at: integer("accepted_at"),
  revoked_at: integer("revoked_at"),
  /** The newest mail. */
  sent_at: integer("sent_at").notNull(),
});
export type InvitationRow = typeof invitations.$inferSelect;

/** One-time links; the token itself is in the mail alone. */
export const emailTokens = sqliteTable("email_tokens", {
  token_hash: text("token_hash").primaryKey(),
  purpose: text("purpose", { enum: ["verify", "reset"] }).notNull(),
  msp_id: text("msp_id").notNull(),
  user_id: text("user_id").notNull(),
  email: text("email").notNull(),
  created_at: integer("created_at").notNull(),
  expires_at: integer("expires_at").notNull(),
  used_at: integer("used_at"),
});

export const contacts = sqliteTable("contacts", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  user_id: text("user_id").notNull(),
  kind: text("kind", { enum: ["email", "phone"] }).notNull(),
  address: text("address").notNull(),
  created_at: integer("created_at").notNull(),
  verified_at: integer("verified_at"),
  code_hash: text("code_hash"),
  code_expires_at: integer("code_expires_at"),
  code_failures: integer("code_failures").notNull().default(0),
  code_sent_at: integer("code_sent_at"),
});
export type ContactRow = typeof contacts.$inferSelect;

/** What is to be sent, or was. */
export const mails = sqliteTable("mails", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  kind: text("kind").notNull(),
  recipient: text("recipient").notNull(),
  /** Subject, text and HTML, encrypted; null once out. */
  sealed: text("sealed"),
  status: text("status", { enum: ["queued", "sent", "failed"] }).notNull(),
  created_at: integer("created_at").notNull(),
  expires_at: integer("expires_at").notNull(),
  attempts: integer("attempts").notNull().default(0),
  next_at: integer("next_at").notNull(),
  sent_at: integer("sent_at"),
  provider_id: text("provider_id"),
  last_error: text("last_error"),
});
export type MailRow = typeof mails.$inferSelect;

/** Written with the change; seq, prev_hash and hash are the hub's and follow. */
export const auditEntries = sqliteTable("audit_entries", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  company_id: text("company_id"),
  at: integer("at").notNull(),
  action: text("action").notNull(),
  actor_id: text("actor_id"),
  actor_name: text("actor_name").notNull(),
  target_type: text("target_type").notNull(),
  target_id: text("target_id").notNull(),
  /** JSON of the whole entry; null once erased. */
  payload: text("payload"),
  payload_hash: text("payload_hash").notNull(),
  seq: integer("seq"),
  prev_hash: text("prev_hash"),
  hash: text("hash"),
});

/** Work that takes a while; whoever runs it writes it by hand (worker/jobs). */
export const jobs = sqliteTable("jobs", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  company_id: text("company_id"),
  kind: text("kind", { enum: JOB_KINDS }).notNull(),
  status: text("status", { enum: JOB_STATUSES }).notNull(),
  created_at: integer("created_at").notNull(),
  updated_at: integer("updated_at").notNull(),
  attempts: integer("attempts").notNull(),
  expires_at: integer("expires_at"),
  data: text("data", { mode: "json" }).$type<JobData>().notNull(),
});
export type JobRow = typeof jobs.$inferSelect;

/** Rules of an MSP for all its companies; each company's object keeps a copy. */
export const mspRules = sqliteTable("msp_rules", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  position: integer("position").notNull(),
  data: text("data", { mode: "json" }).$type<Rule>().notNull(),
});

/** Companies that have not taken the newest of them. */
export const mspRulePushes = sqliteTable("msp_rule_pushes", {
  company_id: text("company_id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  since: integer("since").notNull(),
});
