import type { Reader } from "./reader.ts";
import type { Work } from "./work.ts";

/** One step of a path: a name, a place in a list (negative: from its end), all children, or a name at any depth. */
export type PathStep = { name: string } | { index: number } | { every: true } | { deep: string };

export interface Path {
  /** `$` is the alert's own part of the body, `$$` the whole body; the same where there is one alert. */
  root: "item" | "body";
  steps: PathStep[];
  /** It may lead to several values. */
  many: boolean;
}

const STEPS_MAX = 32;
/** Values one path leads to; the rest is left out. */
export const NODES_MAX = 1000;

/** Reads `$.a["b c"][0][*]..d`, a part of RFC 9535 without filters. */
export function readPath(reader: Reader): Path {
  reader.expect("$");
  const root = reader.take("$") ? "body" : "item";
  const steps: PathStep[] = [];
  for (let step = readStep(reader); step; step = readStep(reader)) {
    steps.push(step);
    if (steps.length > STEPS_MAX) reader.wrong(`a path has at most ${STEPS_MAX} steps`);
  }
  return { root, steps, many: steps.some((step) => "every" in step || "deep" in step) };
}

function readStep(reader: Reader): PathStep | null {
  if (reader.take("..")) return { deep: reader.take("[") ? bracketName(reader) : reader.name() };
  if (reader.take(".")) return reader.take("*") ? { every: true } : { name: reader.name() };
  if (!reader.take("[")) return null;
  if (reader.take("*")) {
    reader.expect("]");
    return { every: true };
  }
  if (reader.at('"') || reader.at("'")) return { name: bracketName(reader) };
  const index = reader.number();
  if (!Number.isInteger(index)) reader.wrong("a place in a list is a whole number");
  reader.expect("]");
  return { index };
}

function bracketName(reader: Reader): string {
  const name = reader.quoted();
  reader.expect("]");
  return name;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

function childOf(value: unknown, name: string): unknown {
  return isContainer(value) && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Every value of this name within `top`, in the order of the text; on a stack of its own, however deep. */
function below(top: unknown, name: string, work: Work): unknown[] {
  const found: unknown[] = [];
  const open: unknown[] = [top];
  while (open.length > 0 && found.length < NODES_MAX) {
    const value = open.pop();
    if (!isContainer(value)) continue;
    const children = Object.values(value);
    work.spend(1 + children.length);
    if (!Array.isArray(value) && Object.hasOwn(value, name)) found.push(childOf(value, name));
    for (let i = children.length - 1; i >= 0; i -= 1) open.push(children[i]);
  }
  return found;
}

function follow(value: unknown, step: PathStep, work: Work): unknown[] {
  work.spend(1);
  if ("deep" in step) return below(value, step.deep, work);
  if ("every" in step) {
    const children = isContainer(value) ? Object.values(value) : [];
    work.spend(children.length);
    return children;
  }
  if ("name" in step) return [childOf(value, step.name)];
  if (!Array.isArray(value)) return [];
  return [value.at(step.index)];
}

/** What the path leads to, in order, at most NODES_MAX values. */
export function valuesAt(path: Path, item: unknown, body: unknown, work: Work): unknown[] {
  let values: unknown[] = [path.root === "body" ? body : item];
  for (const step of path.steps) {
    values = values
      .flatMap((value) => follow(value, step, work))
      .filter((value) => value !== undefined)
      .slice(0, NODES_MAX);
  }
  return values;
}
