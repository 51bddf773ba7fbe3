import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { Me } from "../../core/company.ts";
import { type Answer, api } from "./api.ts";

export interface Challenge<T> {
  challenge_id: string;
  options: T;
}

/** The ceremony ended without a key: cancelled, timed out, or not offered by this device. */
function notGiven(error: unknown): Answer<never> {
  // Browsers bind passkeys to a name: an address like 127.0.0.1 is none.
  const nameless = /^[\d.]+$|:/.test(location.hostname);
  const cancelled =
    error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError");
  const known = error instanceof Error && error.name === "InvalidStateError";
  const detail = nameless
    ? `Passkeys need a name instead of an address: open this page as localhost${location.port && `:${location.port}`}.`
    : known
      ? "This device has a passkey of yours already."
      : cancelled
        ? "No passkey was given: it was cancelled or took too long."
        : "This browser could not use a passkey.";
  return { ok: false, status: 0, error: { error: "passkey", detail } };
}

type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/** What the passkey signed, for whoever asked. */
export async function signByPasskey({
  challenge_id,
  options,
}: Challenge<RequestOptions>): Promise<Answer<{ challenge_id: string; response: unknown }>> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  try {
    const response = await startAuthentication({ optionsJSON: options });
    return { ok: true, value: { challenge_id, response } };
  } catch (error) {
    return notGiven(error);
  }
}

/** Signs in by a passkey alone; the answer's cookie is set by then. */
export async function signInByPasskey(): Promise<Answer<Me>> {
  const path = "/api/auth/passkey/options";
  const asked = await api<Challenge<RequestOptions>>(path, { method: "POST", body: {} });
  if (!asked.ok) return asked;
  const signed = await signByPasskey(asked.value);
  if (!signed.ok) return signed;
  return await api("/api/auth/passkey/verify", { method: "POST", body: signed.value });
}

/** Makes a passkey on this device and adds it to the account. */
export async function addPasskey(name: string): Promise<Answer<{ recovery_codes?: string[] }>> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const asked = await api<Challenge<PublicKeyCredentialCreationOptionsJSON>>("/api/me/passkeys/options", {
    method: "POST",
    body: {},
  });
  if (!asked.ok) return asked;
  const { challenge_id, options } = asked.value;
  try {
    const response = await startRegistration({ optionsJSON: options });
    return await api("/api/me/passkeys", { method: "POST", body: { challenge_id, name, response } });
  } catch (error) {
    return notGiven(error);
  }
}
