import { parseBody } from "../../webhooks/body.ts";

/** A body of which only the text is left says no type: one that looks like a form is read as one. */
export const readText = (text: string) => {
  const form = /^[^\s={}[\]"]+=/.test(text) ? "application/x-www-form-urlencoded" : null;
  return parseBody(new Uint8Array(new TextEncoder().encode(text)), form);
};
