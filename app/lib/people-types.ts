import type { Role } from "../../core/actor.ts";
import type { TokenScope } from "../../core/permissions.ts";

/** What the API says of people and their accounts, as far as the pages show it. Times are ISO. */
export interface List<T> {
  items: T[];
  next_cursor?: string | null;
}

export interface Profile {
  name: string;
  email: string;
  time_zone: string;
}

export interface Contact {
  id: string;
  kind: "email" | "phone";
  value: string;
  verified_at: string | null;
}

export interface TotpState {
  enabled: boolean;
  enabled_at: string | null;
  recovery_codes_left: number;
}

export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
}

export interface OwnSession {
  id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  ip: string | null;
  user_agent: string | null;
  current: boolean;
}

export interface AccessToken {
  id: string;
  name: string;
  scopes: TokenScope[];
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
  company_ids: string[];
  employer_company_id: string | null;
  disabled: boolean;
  last_seen_at: string | null;
  totp_enabled: boolean;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  company_ids: string[];
  created_at: string;
  expires_at: string;
}

export interface MspSettings {
  name: string;
  /** null: sessions last their full day. */
  idle_timeout_minutes: number | null;
  brand: { color: string; logo_url?: string | null };
}
