import type { CompanyObject } from "../durable-objects/company.ts";
import type { JobRunnerObject } from "../durable-objects/job-runner.ts";
import type { MspHubObject } from "../durable-objects/msp-hub.ts";

/** Bindings and settings, as wrangler.toml and the secrets give them. */
export interface Env {
  DB: D1Database;
  COMPANY: DurableObjectNamespace<CompanyObject>;
  MSP_HUB: DurableObjectNamespace<MspHubObject>;
  JOB_RUNNER: DurableObjectNamespace<JobRunnerObject>;
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
  /** For e-mail through SES; without all of region, keys and sender, mails wait in the database. */
  AWS_REGION?: string;
  AWS_ACCESS_KEY_ID?: string;
  AWS_SECRET_ACCESS_KEY?: string;
  /** Instead of AWS's own addresses, which follow from the region. */
  AWS_ENDPOINT_URL?: string;
  /** Local runs alone: a stand-in for SNS, which certificates and confirmations are fetched from. */
  SNS_ENDPOINT_URL?: string;
  /** `Alert Whisperer <alerts@example.com>`: an identity that SES has verified. */
  MAIL_FROM?: string;
}
