import { RSA, selfSigned } from "./der-certificate.ts";

const DAY_MS = 86_400_000;

export type Envelope = Record<string, string>;

export interface SnsIdentity {
  cn?: string;
  /** Validity, epoch ms; default a day either way. */
  from?: number;
  to?: number;
}

export interface SnsSigner {
  /** Of the certificate, on whatever host of SNS. */
  certPath: string;
  pem: string;
  /** The envelope with SignatureVersion, Signature and SigningCertURL; every given field is signed. */
  signed(fields: Envelope, version: string, host: string): Promise<Envelope>;
}

/** Signs as SNS does: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export async function snsSigner({
  cn = "sns.amazonaws.com",
  from,
  to,
}: SnsIdentity = {}): Promise<SnsSigner> {
  const keys = (await crypto.subtle.generateKey({ ...RSA, hash: "SHA-256" }, true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const pkcs8 = (await crypto.subtle.exportKey("pkcs8", keys.privateKey)) as ArrayBuffer;
  const sha1 = await crypto.subtle.importKey("pkcs8", pkcs8, { ...RSA, hash: "SHA-1" }, false, ["sign"]);
  const certPath = `/SimpleNotificationService-${crypto.randomUUID().replaceAll("-", "")}.pem`;
  return {
    certPath,
    pem: await selfSigned(cn, from ?? Date.now() - DAY_MS, to ?? Date.now() + DAY_MS, keys),
    async signed(fields, version, host) {
      const names = Object.keys(fields).sort();
      const text = names.map((name) => `${name}\n${fields[name]}\n`).join("");
      const key = version === "1" ? sha1 : keys.privateKey;
      const made = await crypto.subtle.sign(RSA.name, key, new TextEncoder().encode(text));
      return {
        ...fields,
        SignatureVersion: version,
        Signature: Buffer.from(made).toString("base64"),
        SigningCertURL: `${host}${certPath}`,
      };
    },
  };
}
