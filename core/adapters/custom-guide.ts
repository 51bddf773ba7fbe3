import type { AdapterGuide } from "./adapter.ts";

export const customGuide: AdapterGuide = {
  label: "Anything else",
  about:
    "Whatever posts JSON: a mapping of the company says which part of the body is the asset, what is wrong, how bad, and when it is over.",
  versions: "any JSON or form body of up to 1 MiB",
  signs: "key_only",
  recovers: true,
  steps: [
    "Let the tool post to {webhook_url} once, whatever its body looks like; it is refused and kept.",
    "Open the company's Intake page, start a mapping from that body, and point at the values with a click.",
    "Save it, and send the kept bodies again from the same page.",
    "Where several mappings share the address, say for which bodies each is, or add &mapping= and its short name to the address.",
  ],
  templates: [],
  docs: "https://www.rfc-editor.org/rfc/rfc9535",
};
