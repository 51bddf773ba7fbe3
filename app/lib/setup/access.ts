import { PLACEHOLDER } from "../../../core/adapters/placeholders.ts";

export { PLACEHOLDER };

/** What a guide's placeholders stand for; each may still be its placeholder. */
export interface Access {
  key: string;
  secret: string;
}

/** A guide's text with the key and the secret in it, where they are known. */
export function withKeys(text: string, { key, secret }: Access): string {
  return text.replaceAll(PLACEHOLDER.key, key).replaceAll(PLACEHOLDER.secret, secret);
}
