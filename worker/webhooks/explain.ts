import type { Failure } from "../../core/errors.ts";
import type { Env } from "../env.ts";
import { open } from "../secrets.ts";
import { policyFor } from "./policy-cache.ts";
import { hexOf, signedBytes, unhex, verifyingKey } from "./signature.ts";

/** Larger bodies are refused without being tried in other ways. */
const BODY_MAX = 64 * 1024;
const FIELDS_TOLD = 8;

/** What was wrong, with the fields by name. */
export function detailOf(failure: Failure, detail: string): string {
  const fields = Object.entries(failure.fields ?? {});
  if (fields.length === 0) return detail;
  const told = fields.slice(0, FIELDS_TOLD).map(([path, wrong]) => `${path}: ${wrong}`);
  const more = fields.length > told.length ? ` and ${fields.length - told.length} more` : "";
  return `${detail} ${told.join("; ")}${more}.`;
}

/** How far the sender's clock is ahead, seconds, where its time stamp tells; milliseconds are seen as such. */
function skewOf(request: Request): number | null {
  const stamp = request.headers.get("x-timestamp")?.trim() ?? "";
  if (!/^\d{9,13}$/.test(stamp)) return null;
  const seconds = stamp.length === 13 ? Math.floor(Number(stamp) / 1000) : Number(stamp);
  return seconds - Math.floor(Date.now() / 1000);
}

/**
 * What else the company's people should know of a refusal: by how much the clock is off, and what the signature
 * would have fitted. The sender is told nothing of it.
 */
export function explained(
  env: Env,
  request: Request,
  companyId: string,
  body: Uint8Array | null,
  failure: Failure,
): { skew: { clock_skew_seconds?: number }; explain?: () => Promise<string | null> } {
  const { code } = failure;
  const skew = code === "invalid_timestamp" ? skewOf(request) : null;
  const told = skew === null ? {} : { clock_skew_seconds: skew };
  const hex = hexOf(request.headers.get("x-signature") ?? "");
  const signature = code === "invalid_signature" || code === "invalid_timestamp";
  if (!signature || !hex || !body || body.byteLength > BODY_MAX) return { skew: told };
  const stamp = request.headers.get("x-timestamp")?.trim() ?? "";
  return { skew: told, explain: () => explain(env, companyId, body, hex, stamp, code) };
}

async function explain(
  env: Env,
  companyId: string,
  body: Uint8Array,
  hex: string,
  stamp: string,
  code: Failure["code"],
): Promise<string | null> {
  const { policy } = await policyFor(env, companyId);
  if (!policy) return null;
  const wanted = unhex(hex);
  const fits = async (keys: CryptoKey[], head: string) => {
    const bytes = signedBytes(head, body);
    for (const key of keys) if (await crypto.subtle.verify("HMAC", key, wanted, bytes)) return true;
    return false;
  };
  const current = policy.secrets.map(({ key }) => key);
  const former = await Promise.all(
    policy.former_secrets.map(async (sealed) => verifyingKey(await open(env, policy.msp_id, sealed))),
  );
  if (code === "invalid_timestamp" && (await fits(current, `${stamp}.`)))
    return "The signature itself is right: only the time is wrong.";
  if (await fits(former, `${stamp}.`))
    return "It was made with a secret that has ended; give the sender the new one.";
  if (await fits(current, "")) return 'It was made over the body alone; sign "{timestamp}.{body}" instead.';
  const near = nearby(stamp);
  for (const other of near)
    if (await fits(current, `${other}.`))
      return `It was made with the time ${other}, but X-Timestamp says ${stamp}; send the very one that was signed.`;
  return "No secret of this company made it: the secret is another one, or the body was changed on its way.";
}

/** Times a sender may have signed in place of the one it sent: seconds around it, or milliseconds. */
function nearby(stamp: string): string[] {
  if (!/^\d{9,12}$/.test(stamp)) return [];
  const around = [-2, -1, 1, 2].map((by) => String(Number(stamp) + by));
  return [...around, `${stamp}000`, `${stamp}.0`];
}
