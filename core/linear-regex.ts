import { RE2JS, RE2JSException } from "re2js";
import { fail, ok, type Result } from "./errors.ts";

/** UTF-16 units of a text that are looked at; what lies beyond is as if it were not there. */
export const TEXT_MAX = 4096;
export const PATTERN_MAX = 500;
/** Steps of the compiled program. Work on a text is at most this times its length: some 50 ms. */
const PROGRAM_MAX = 1000;
const CACHE_MAX = 500;

/** A customer's regular expression. Time grows with pattern times text, never with their powers. */
export interface LinearRegex {
  readonly pattern: string;
  /** Whether it is found anywhere in the first TEXT_MAX units. */
  test(text: string): boolean;
  /** The first match with its groups ([0] is all of it), null where it is not found. */
  match(text: string): (string | null)[] | null;
  /** Named groups of the first match, null where it is not found. */
  groups(text: string): Record<string, string | null> | null;
}

export interface RegexOptions {
  /** Default: upper and lower case are the same. */
  case_sensitive?: boolean;
}

const cache = new Map<string, Result<LinearRegex>>();

/**
 * Compiles a pattern in RE2's syntax: no back-references, no look-around. Compiled once and remembered; a
 * faulty one answers `validation_failed` with a sentence for its author. Never throws.
 */
export function compileRegex(pattern: string, options: RegexOptions = {}): Result<LinearRegex> {
  const key = `${options.case_sensitive ? "s" : "i"}${pattern}`;
  const known = cache.get(key);
  if (known) return known;
  const made = compile(pattern, options.case_sensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, made);
  return made;
}

const wrong = (text: string) => fail("validation_failed", text);

function compile(pattern: string, flags: number): Result<LinearRegex> {
  if (pattern === "") return wrong("A pattern is needed.");
  if (pattern.length > PATTERN_MAX) return wrong(`A pattern has at most ${PATTERN_MAX} characters.`);
  try {
    const compiled = RE2JS.compile(pattern, flags | RE2JS.DOTALL);
    if (compiled.programSize() > PROGRAM_MAX) {
      return wrong("This pattern is too large: repeat fewer times, or use fewer alternatives.");
    }
    return ok(engine(pattern, compiled));
  } catch (error) {
    return wrong(sentence(error, pattern));
  }
}

function engine(pattern: string, compiled: RE2JS): LinearRegex {
  const cut = (text: string) => (text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text);
  const names = compiled.namedGroups();
  const match = (text: string) => {
    const matcher = compiled.matcher(cut(text));
    if (!matcher.find()) return null;
    const found: (string | null)[] = [];
    for (let i = 0; i <= matcher.groupCount(); i += 1) found.push(matcher.group(i) ?? null);
    return found;
  };
  return {
    pattern,
    test: (text) => compiled.test(cut(text)),
    match,
    groups(text) {
      const found = match(text);
      if (!found) return null;
      return Object.fromEntries(Object.entries(names).map(([name, i]) => [name, found[i] ?? null]));
    },
  };
}

/** The engine's words name no other thing than the pattern; what it lacks on purpose gets our own. */
function sentence(error: unknown, pattern: string): string {
  if (/\(\?<?[=!]/.test(pattern)) return "Look-ahead and look-behind are not supported.";
  if (/\\(\d|k[<{'])/.test(pattern)) return "References back to a group are not supported.";
  if (!(error instanceof RE2JSException)) return "This pattern cannot be used.";
  const detail = error.message.replace("error parsing regexp: ", "").replace(/(\(\?[is]+\))+/, "");
  return `This is not a valid pattern: ${detail}.`;
}
