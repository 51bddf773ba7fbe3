import type { Category } from "./alert.ts";
import type { Severity } from "./severity.ts";
import { BY_WORD, VOCABULARY } from "./vocabulary.ts";

/** Lower-case words of a check's name: split at punctuation and camel case; "HighCPU" is high, cpu. */
export function words(text: string): string[] {
  return text
    .replace(/(?:My|Postgre|Maria)(?:SQL|DB)/g, (name) => name.toLowerCase())
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

const STEM_AT = 4;
/** A vocabulary word of four letters or more also matches as a beginning: "expir" in "expires". */
function has(found: string[], wanted: string): boolean {
  return found.some((w) => w === wanted || (wanted.length >= STEM_AT && w.startsWith(wanted)));
}

export interface Signature {
  /** What keys use. */
  name: string;
  /** For titles. */
  title: string;
  category: Category | null;
  /** How bad it usually is; null where that is not known. */
  usually: Severity | null;
  /** false: no entry fits, the tool's own words stand. */
  known: boolean;
}

const LONGEST = 120;
const CACHE_MAX = 2000;
const cache = new Map<string, Signature>();

/** Canonical signature of a tool's own name for a check; "" stays "". A pure function, remembered. */
export function canonicalSignature(raw: string): Signature {
  const hit = cache.get(raw);
  if (hit) return hit;
  const made = derive(raw);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(raw, made);
  return made;
}

/** An identifier as words, "fan_failure" as "Fan failure"; a tool's sentence stays as it is. */
function readable(text: string): string {
  if (!/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(text)) return text;
  const said = text.replaceAll("_", " ");
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
}

function derive(raw: string): Signature {
  const found = words(raw.slice(0, 1000));
  if (found.length === 0)
    return {
      name: raw.trim().slice(0, LONGEST),
      title: raw.trim().slice(0, LONGEST),
      category: null,
      usually: null,
      known: false,
    };
  const joined = found.join("_");
  const exact = VOCABULARY.find((e) => e.name === joined);
  const entry = exact ?? VOCABULARY.find((e) => e.words.some((set) => set.every((w) => has(found, w))));
  if (entry) {
    const { name, title, category, usually } = entry;
    return { name, title, category, usually, known: true };
  }
  const title = readable(raw.trim().slice(0, LONGEST));
  return { name: joined.slice(0, LONGEST), title, category: categoryOf(joined), usually: null, known: false };
}

const CATEGORY_WORDS = BY_WORD.map(([category, list]) => [category, new Set(list)] as const);

function categoryOf(text: string): Category | null {
  const found = words(text);
  for (const [category, list] of CATEGORY_WORDS) if (found.some((w) => list.has(w))) return category;
  return null;
}

/** Category by the signature's entry, else by its words, else by those of the message. */
export function classify(signature: Signature, message: string): Category {
  return signature.category ?? categoryOf(message.slice(0, 300)) ?? "Other";
}
