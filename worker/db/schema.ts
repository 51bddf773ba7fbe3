import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { ROLES } from "../../core/actor.ts";

/** The tables of migrations/ that ordinary queries use. Times are epoch milliseconds. */
export const msps = sqliteTable("msps", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  created_at: integer("created_at").notNull(),
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
});

export const sessions = sqliteTable("sessions", {
  id: text("id").primaryKey(),
  msp_id: text("msp_id").notNull(),
  user_id: text("user_id").notNull(),
  created_at: integer("created_at").notNull(),
  expires_at: integer("expires_at").notNull(),
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
