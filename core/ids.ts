/**
 * Ids carry their company, so that a detail request finds its object without a lookup:
 * company `co_<16>`, alert `al_<16>_<seq>`, incident `in_<16>_<seq>`,
 * asset `as_<16>_<seq>`, seq in base 36.
 */
const COMPANY = /^co_([0-9a-z]{16})$/;
const MEMBER = /^(al|in|as)_([0-9a-z]{16})_([0-9a-z]{1,11})$/;
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 16 characters of 5 bits each from at least 10 random bytes. */
export function encodeId(bytes: Uint8Array): string {
  let out = "";
  let acc = 0;
  let bits = 0;
  for (const byte of bytes) {
    acc = (acc << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < 16) {
      bits -= 5;
      out += ALPHABET[(acc >> bits) & 31];
    }
    acc &= (1 << bits) - 1;
  }
  return out;
}

export function alertId(companyId: string, seq: number): string {
  return `al_${companyId.slice(3)}_${seq.toString(36)}`;
}

export function incidentId(companyId: string, seq: number): string {
  return `in_${companyId.slice(3)}_${seq.toString(36)}`;
}

export function assetId(companyId: string, seq: number): string {
  return `as_${companyId.slice(3)}_${seq.toString(36)}`;
}

const KINDS = { al: "alert", in: "incident", as: "asset" } as const;

export interface MemberId {
  kind: (typeof KINDS)[keyof typeof KINDS];
  companyId: string;
  seq: number;
}

/** null for anything that is not the id of an alert, incident or asset. */
export function parseMemberId(id: string): MemberId | null {
  const found = MEMBER.exec(id);
  if (!found) return null;
  const seq = Number.parseInt(found[3] ?? "", 36);
  if (!Number.isSafeInteger(seq) || seq < 1) return null;
  return { kind: KINDS[found[1] as keyof typeof KINDS], companyId: `co_${found[2]}`, seq };
}

export function isCompanyId(id: string): boolean {
  return COMPANY.test(id);
}
