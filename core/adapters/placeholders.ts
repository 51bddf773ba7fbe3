/** Stand in a guide where the key or the secret cannot be read any more; pages that know them put them in. */
export const PLACEHOLDER = { key: "YOUR_API_KEY", secret: "YOUR_SIGNING_SECRET" } as const;
