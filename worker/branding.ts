import { eq } from "drizzle-orm";
import { brandContrast, parseHex } from "../core/contrast.ts";
import { DEFAULT_BRAND } from "../core/msp.ts";
import type { Branding } from "../core/settings.ts";
import type { CompanyBrand, LogoRecord } from "../durable-objects/upkeep-rpc.ts";
import { database } from "./db/database.ts";
import { msps } from "./db/schema.ts";
import type { Env } from "./env.ts";

/** Everything a company has in the file store lies below this. */
export function companyFiles(mspId: string, companyId: string): string {
  return `${mspId}/${companyId}/`;
}

/** Where browsers find it; another image has another address. */
export function logoUrl(companyId: string, logo: LogoRecord | null): string | null {
  return logo && `/api/companies/${companyId}/branding/logo?v=${logo.hash}`;
}

/** A company's brand, and what its portal shows: the MSP's where the company has none of its own. */
export async function brandingView(
  env: Env,
  mspId: string,
  companyId: string,
  { branding }: CompanyBrand,
): Promise<Branding> {
  const msp = await database(env).select().from(msps).where(eq(msps.id, mspId)).get();
  const { color, name, logo } = branding;
  const rgb = color === null ? null : parseHex(color);
  const logo_url = logoUrl(companyId, logo);
  return {
    color,
    name,
    logo_url,
    contrast: rgb && brandContrast(rgb),
    effective: {
      color: color ?? msp?.brand?.color ?? DEFAULT_BRAND.color,
      name: name || (msp?.name ?? ""),
      logo_url,
    },
  };
}
