import type { Alert } from "./alert.ts";
import type { Incident } from "./incident.ts";
import type { Job } from "./job.ts";
import type { HeldView } from "./policy/maintenance.ts";
import type { Rejection } from "./rejection.ts";

/** What a company object publishes; the hub gives each its number. */
export type CompanyEvent =
  | { type: "alert_received"; data: { alerts: Alert[]; more: number } }
  | { type: "incident_created"; data: Incident }
  | { type: "incident_updated"; data: Incident }
  | { type: "delivery_rejected"; data: Rejection }
  /** What a silence, a maintenance window or a changed rule held is looked after. */
  | { type: "holding_ended"; data: HeldView }
  | { type: "job_progress"; data: Job };

/** A frame of `GET /api/live`: one JSON text message each. */
export type Frame =
  | ({ seq: number; company_id: string } & CompanyEvent)
  | { seq: number; type: "hello"; company_id: null; data: { epoch: string; seq: number } }
  | { seq: number; type: "resync"; company_id: null; data: { epoch: string; seq: number; reason: string } };
