import * as z from "zod";

// The platform's rules forbid code from strings; zod must not try.
z.config({ jitless: true });

const email = z.email("Enter an e-mail address, for example dana@example.com");

export const loginForm = z.object({
  email,
  password: z.string({ error: "Enter your password" }),
  totp: z.string().trim().optional(),
  /** JSON of what a passkey signed. */
  passkey: z
    .string()
    .max(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: "custom", message: "Not a passkey’s answer", input: text });
        return z.NEVER;
      }
    })
    .optional(),
  next: z.string().optional(),
});

const newPassword = z
  .string({ error: "Choose a password" })
  .min(8, "Use at least 8 characters")
  .max(200, "Use at most 200 characters");
const token = z.string({ error: "Open this page through the link in the mail" });

export const resetForm = z.object({ email });
export const resetConfirmForm = z.object({ token, password: newPassword });
export const acceptForm = z.object({
  token,
  name: z.string({ error: "Enter your name" }).trim().max(120),
  password: newPassword,
});

export const signupForm = z.object({
  msp_name: z.string({ error: "Enter the name of your company" }).trim().max(120),
  name: z.string({ error: "Enter your name" }).trim().max(120),
  email,
  password: newPassword,
});
