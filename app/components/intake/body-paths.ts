import { type Path, readPath, valuesAt } from "../../../core/mapping/path.ts";
import { Reader } from "../../../core/mapping/reader.ts";
import { Work } from "../../../core/mapping/work.ts";

const DEPTH = 6;
const SHOWN = 60;

export interface Leaf {
  path: string;
  text: string;
}

const step = (name: string) => (/^[\p{L}\p{N}_@#-]+$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
const under = (path: string, name: string, list: boolean) => path + (list ? `[${name}]` : step(name));
const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;

function leavesOf(value: unknown, path: string, found: Leaf[], depth = 0): Leaf[] {
  if (found.length >= SHOWN || depth > DEPTH) return found;
  if (!isBranch(value)) {
    found.push({ path, text: String(value) });
    return found;
  }
  for (const [name, child] of Object.entries(value))
    leavesOf(child, under(path, name, Array.isArray(value)), found, depth + 1);
  return found;
}

function listsOf(value: unknown, path: string, found: string[], depth = 0): string[] {
  if (!isBranch(value) || found.length >= 5 || depth > DEPTH) return found;
  if (Array.isArray(value)) {
    if (value.some(isBranch)) found.push(path);
    return found;
  }
  for (const [name, child] of Object.entries(value))
    listsOf(child, under(path, name, false), found, depth + 1);
  return found;
}

function pathOf(text: string): Path | null {
  try {
    const reader = new Reader(text.trim());
    const path = readPath(reader);
    return reader.done ? path : null;
  } catch {
    return null;
  }
}

/** The first alert's part of a body, as intake takes it out; undefined where there is none. */
function firstOf(body: unknown, items: string): unknown {
  const path = pathOf(items);
  if (!path) return undefined;
  try {
    const found = valuesAt(path, body, body, new Work());
    return Array.isArray(found[0]) ? found[0][0] : path.many ? found[0] : undefined;
  } catch {
    return undefined;
  }
}

export interface BodyPaths {
  /** Values of the alert, or of the body where it is one alert. */
  own: Leaf[];
  /** Values around the list of alerts. */
  whole: Leaf[];
  /** Paths of lists that could hold the alerts. */
  lists: string[];
}

/** What a body holds, as paths to click; null for what is no JSON. */
export function bodyPaths(body: string, items: string): BodyPaths | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  const lists = listsOf(parsed, "$", []);
  if (!items.trim()) return { own: leavesOf(parsed, "$", []), whole: [], lists };
  const first = firstOf(parsed, items);
  const own = first === undefined ? [] : leavesOf(first, "$", []);
  const around = leavesOf(parsed, "$$", []).filter(
    ({ path }) => !lists.some((at) => path.startsWith(`$${at}[`)),
  );
  return { own, whole: around, lists };
}
