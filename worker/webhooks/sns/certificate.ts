import { X509Certificate } from "node:crypto";
import { fail, ok, type Result } from "../../../core/errors.ts";
import { outboundUrlProblem } from "../../../core/outbound-url.ts";
import type { Env } from "../../env.ts";
import { awsGet } from "./aws-get.ts";

const HOST = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;
const PATH = /^\/SimpleNotificationService-[a-f0-9]{1,64}\.pem$/;
const SUBJECT = /^CN=sns\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/m;
const PEM_MAX = 16 * 1024;
const KEPT_MAX = 50;

/** SignatureVersion -> hash. */
const HASHES: Record<string, string> = { "1": "SHA-1", "2": "SHA-256" };

interface Kept {
  from: number;
  to: number;
  /** SubjectPublicKeyInfo, DER. */
  key: Uint8Array<ArrayBuffer>;
}
const kept = new Map<string, Kept>();

const bad = (detail: string) => fail<never>("invalid_signature", detail);

/** The address as AWS writes it, judged after parsing: no other port, user, query or spelling. */
export function certUrl(given: string): URL | null {
  if (outboundUrlProblem(given) !== null) return null;
  const url = new URL(given);
  return HOST.test(url.hostname) && PATH.test(url.pathname) && !url.search && !url.hash && url.href === given
    ? url
    : null;
}

function read(pem: string): Kept | null {
  try {
    const certificate = new X509Certificate(pem);
    if (!SUBJECT.test(certificate.subject)) return null;
    const der = certificate.publicKey.export({ type: "spki", format: "der" });
    return {
      from: Date.parse(certificate.validFrom),
      to: Date.parse(certificate.validTo),
      key: new Uint8Array(der),
    };
  } catch {
    return null;
  }
}

/**
 * The key of the certificate at this address, kept by it. That it is AWS's is proved by where it was fetched
 * from, over TLS; its dates and name are checked besides. @param now epoch ms
 */
export async function signingKey(
  env: Env,
  given: string,
  version: string,
  now: number,
): Promise<Result<CryptoKey>> {
  const hash = Object.hasOwn(HASHES, version) ? HASHES[version] : undefined;
  if (!hash) return bad("The SignatureVersion of an SNS message is 1 or 2.");
  const url = certUrl(given);
  if (!url) return bad("SigningCertURL is no address of an SNS certificate at AWS.");
  let certificate = kept.get(url.href);
  if (!certificate) {
    const pem = await awsGet(env, url, PEM_MAX);
    if (pem === null)
      return fail("unavailable", "The SNS certificate could not be fetched. Send it again.", {
        retry_after: 5,
      });
    const found = read(pem);
    if (!found) return bad("What lies at SigningCertURL is no certificate of SNS.");
    certificate = found;
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(url.href, certificate);
  }
  if (!(certificate.from <= now && now <= certificate.to)) {
    kept.delete(url.href);
    return bad("The certificate at SigningCertURL is not valid today.");
  }
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash };
  try {
    return ok(await crypto.subtle.importKey("spki", certificate.key, algorithm, false, ["verify"]));
  } catch {
    return bad("The certificate at SigningCertURL holds no RSA key.");
  }
}
