import type { CompanyObject } from "../durable-objects/company.ts";
import type { MspHubObject } from "../durable-objects/msp-hub.ts";

/** Bindings and settings, as wrangler.toml and the secrets give them. */
export interface Env {
  DB: D1Database;
  COMPANY: DurableObjectNamespace<CompanyObject>;
  MSP_HUB: DurableObjectNamespace<MspHubObject>;
  ASSETS: Fetcher;
  /** Counts failed authentications per source address; never charged for a good request. */
  FLOOD: RateLimit;
  /** Counts sign-up and login attempts per source address. */
  AUTH_LIMIT: RateLimit;
  /** Logos and exports. */
  FILES: R2Bucket;
  /** "true": an msp_admin without a second factor may only enrol one. */
  REQUIRE_ADMIN_TOTP: string;
  ENVIRONMENT: "local" | "staging" | "production";
  /** The highest requests_per_minute a company may set: 1000, up to 1,000,000 for the operator. */
  RATE_LIMIT_MAX: string;
  /** Secrets, each at least 32 random bytes in base64. */
  API_KEY_SECRET: string;
  SESSION_SECRET: string;
  SECRETS_KEY: string;
  /** Keys before SECRETS_KEY, comma-separated, until nothing is sealed with them any more. */
  SECRETS_KEY_PREVIOUS?: string;
}
