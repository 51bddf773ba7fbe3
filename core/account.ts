import * as z from "zod";
import { assertionSchema, codeSchema } from "./sign-in.ts";

/** Addresses are compared and kept lower-cased. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "that address is too long")
  .pipe(z.email("not an e-mail address"));

/** `passwordProblem` says what else is wrong with it. */
export const newPasswordSchema = z
  .string()
  .min(8, "use at least 8 characters")
  .max(200, "use at most 200 characters");

export const signupSchema = z.object({
  msp_name: z.string().trim().min(1, "give your MSP's name").max(120),
  name: z.string().trim().min(1, "give your name").max(120),
  email: emailSchema,
  password: newPasswordSchema,
});
export type Signup = z.infer<typeof signupSchema>;

/** Says nothing about what a password looks like: a wrong one is only ever wrong. */
export const loginSchema = z.object({
  email: z.string().trim().toLowerCase().min(1, "give your e-mail address").max(254),
  password: z.string().min(1, "give your password").max(200),
  /** A code of an authenticator app or a recovery code; an empty field is none. */
  totp: z.union([z.literal("").transform(() => undefined), codeSchema]).optional(),
  /** What a passkey signed, instead of a code. */
  passkey: assertionSchema.optional(),
});
export type Login = z.infer<typeof loginSchema>;

export const changePasswordSchema = z.object({
  current: z.string().min(1, "give your present password").max(200),
  password: newPasswordSchema,
});

const COMMON =
  /^(password|passwort|qwerty|qwertz|azerty|letmein|welcome|changeme|admin|administrator|iloveyou|monkey|dragon|secret|login|master|default|football|sunshine|princess|trustno)[\W\d_]*$/;
const MIN_DISTINCT = 5;
/** Shorter pieces of a name ("ann", "it") occur in good passwords by chance. */
const MIN_NAME_PART = 4;

function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i++) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1));
  return steps.size === 1;
}

/** What is wrong with a new password as a sentence, or null. `own` are the person's own words. */
export function passwordProblem(password: string, own: string[]): string | null {
  const folded = password.normalize("NFKC").toLowerCase();
  const parts = own.flatMap((word) => [word, ...word.split(/[^\p{L}]+/u)]);
  for (const part of parts) {
    const known = part.normalize("NFKC").trim().toLowerCase();
    if (known.length >= MIN_NAME_PART && folded.includes(known))
      return "do not use your own name, address or MSP in it";
  }
  if (new Set(folded).size < MIN_DISTINCT || isRun(folded))
    return `use at least ${MIN_DISTINCT} different characters, not in a row`;
  if (COMMON.test(folded) || /^\d{1,11}$/.test(folded)) return "that one is among the first to be guessed";
  return null;
}
