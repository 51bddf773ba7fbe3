import { Secret, TOTP } from "otpauth";

/** What every authenticator app takes: SHA-1, six digits, thirty seconds (RFC 6238). */
const PERIOD_SECONDS = 30;
const ISSUER = "Alert Whisperer";
/** Clocks that are off by one step are fine. */
const WINDOW = 1;

/** 160 random bits in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

function authenticator(secret: string, label = ""): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });
}

/** `otpauth://totp/...`, what the QR code holds. */
export function totpUrl(secret: string, email: string): string {
  return authenticator(secret, email).toString();
}

/** The time step whose code it is, or null. `now` in epoch ms. */
export function totpStep(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = authenticator(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}
