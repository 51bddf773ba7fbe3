import * as z from "zod";
import { TOKEN_SCOPES, type TokenScope } from "./permissions.ts";

/** A code of an authenticator app or a recovery code, as people type them; which of both, its form tells. */
export const codeSchema = z
  .string()
  .transform((code) => code.replace(/[\s-]/g, "").toLowerCase())
  .pipe(z.string().min(1, "give the code").max(40, "that is no code"));

/** A list short enough to come whole. */
export function wholeList<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.null() });
}

const name = z.string().trim().min(1, "give it a name").max(80, "use at most 80 characters");

/** Answer of an authenticator, as browsers hand it over; the library that checks it reads the inside. */
const credentialSchema = z.looseObject({
  id: z.string().min(1).max(2000),
  rawId: z.string().max(2000),
  type: z.literal("public-key"),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
export type Credential = z.infer<typeof credentialSchema>;

export const assertionSchema = z.object({ challenge_id: z.string().max(40), response: credentialSchema });
export const registerPasskeySchema = assertionSchema.extend({ name });

/** `options` go to the browser as they are. */
export const passkeyOptionsSchema = z.object({
  challenge_id: z.string(),
  options: z.record(z.string(), z.unknown()),
});

export const SECOND_FACTORS = ["totp", "passkey", "recovery"] as const;
/** What comes with totp_required: how this account can go on, and what to have a passkey sign. */
export interface FactorsLeft {
  methods: (typeof SECOND_FACTORS)[number][];
  passkey?: z.infer<typeof passkeyOptionsSchema>;
}

export const totpStatusSchema = z.object({
  enabled: z.boolean(),
  enabled_at: z.iso.datetime().nullable(),
  recovery_codes_left: z.number().int(),
});
export type TotpStatus = z.infer<typeof totpStatusSchema>;

export const totpSetupSchema = z.object({
  secret: z.string().describe("base32, for typing it in"),
  otpauth_url: z.string(),
  qr_svg: z.string(),
});
export type TotpSetup = z.infer<typeof totpSetupSchema>;

export const confirmCodeSchema = z.object({ code: codeSchema });
export const newRecoveryCodesSchema = z.object({ code: codeSchema.optional() });
export const disableTotpSchema = z.object({
  password: z.string().min(1, "give your password").max(200),
  code: codeSchema,
});
/** Shown once. */
export const recoveryCodesSchema = z.object({ recovery_codes: z.array(z.string()) });

export const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable(),
  backed_up: z.boolean().describe("kept in an account of its maker, so that it survives the device"),
});
export type Passkey = z.infer<typeof passkeySchema>;
export const passkeyAddedSchema = passkeySchema.extend({
  recovery_codes: z.array(z.string()).optional().describe("with the first second factor, shown once"),
});

export const sessionSchema = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  current: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionSchema>;

const scopes = Object.keys(TOKEN_SCOPES) as [TokenScope, ...TokenScope[]];
export const createTokenSchema = z.object({
  name,
  scopes: z.array(z.enum(scopes)).min(1, "choose at least one").max(scopes.length),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable(),
});
export type PersonalToken = z.infer<typeof tokenSchema>;
/** The only time that the token itself is seen. */
export const tokenCreatedSchema = tokenSchema.extend({ token: z.string() });

/** The newest proof that it is still the same person: a code where there is one, else the password. */
export const stepUpSchema = z
  .object({ code: codeSchema.optional(), password: z.string().min(1).max(200).optional() })
  .refine((body) => body.code !== undefined || body.password !== undefined, {
    message: "give a code or your password",
    path: ["code"],
  });
export const steppedUpSchema = z.object({ until: z.iso.datetime() });
