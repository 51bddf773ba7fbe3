import type { Actor } from "../core/actor.ts";
import type { AwsAccess } from "../core/aws-access.ts";
import type { Result } from "../core/errors.ts";
import { roleMay } from "../core/permissions.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";

export interface AwsRecord {
  aws: AwsAccess;
  /** null where there is none yet, or for those who may not change the access. */
  sealed_external_id: string | null;
}

/** Every sealed text of the company that is in use. */
export interface Sealed {
  msp_id: string;
  texts: string[];
}

export interface AwsAccessRpc {
  awsAccess(actor: Actor): Promise<Result<AwsRecord>>;
  /** For a change of the service's key; null: never initialised. */
  sealedTexts(): Promise<Sealed | null>;
}

export function awsAccessOf({ record }: CompanyCore, actor: Actor): AwsRecord {
  const shown = roleMay(actor.role, "company.automation");
  return { aws: record.aws, sealed_external_id: (shown && record.external_id) || null };
}

export function sealedTexts({ record }: CompanyCore): Sealed {
  const now = clock.now();
  const live = record.secrets.filter(({ expires_at }) => expires_at === null || expires_at > now);
  const texts = live.map(({ sealed }) => sealed);
  return { msp_id: record.msp_id, texts: record.external_id ? [...texts, record.external_id] : texts };
}
