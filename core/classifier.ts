import type { Category, Reason } from "./alert.ts";
import type { Severity } from "./severity.ts";
import { canonicalSignature, classify } from "./signature.ts";

/** What is said of an alert's kind. */
export interface Classification {
  category: Category;
  /** null: as the tool sent it, or unknown where it sent none. */
  severity: Severity | null;
  /** 0 to 1; the vocabulary's own entries are certain, single words are not. */
  confidence: number;
  why: Reason;
}

/**
 * Says what an alert is about. Intake asks the vocabulary alone, in place and for free; another classifier may
 * later suggest corrections to a person beside it, and is never waited for on the way of an alert.
 */
export interface Classifier {
  suggest(alert: { raw_signature: string; message: string }): Promise<Classification>;
}

const KNOWN = 1;
const BY_WORDS = 0.6;
const NOTHING = 0.2;

/** Signature and message against the vocabulary: the same answer each time. */
export const deterministicClassifier: Classifier = {
  async suggest({ raw_signature, message }) {
    const signature = canonicalSignature(raw_signature);
    const category = classify(signature, message);
    const confidence = signature.known ? KNOWN : category === "Other" ? NOTHING : BY_WORDS;
    const how = signature.known
      ? `${signature.name} is a known signature.`
      : category === "Other"
        ? "Nothing in its name or message is known."
        : "By the words in its name or message.";
    return {
      category,
      severity: signature.usually,
      confidence,
      why: { rule: "classified.vocabulary", key: signature.name, text: how },
    };
  },
};
