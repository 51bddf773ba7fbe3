import { caller, type Entries } from "../entry.ts";

/** Signing in, and what belongs to a person's own account. */
export const signIn: Entries = {
  "POST /api/auth/signup": {
    of: "public",
    make: () => ({
      body: {
        msp_name: "New MSP",
        name: "Grace",
        email: `${crypto.randomUUID()}@example.com`,
        password: `pw-${crypto.randomUUID()}`,
      },
    }),
  },
  "POST /api/auth/login": {
    of: "public",
    make: ({ owner }) => ({ body: { email: owner.email, password: owner.password } }),
  },
  "POST /api/auth/logout": caller(),
};
