import { type Argument, FUNCTIONS } from "./functions.ts";
import { type Path, readPath, valuesAt } from "./path.ts";
import { CannotRead, Reader } from "./reader.ts";
import { cutText, textOf } from "./values.ts";
import type { Work } from "./work.ts";

/** The alert's part of a body, and all of it. */
export interface Source {
  item: unknown;
  body: unknown;
}

/** Runs on any JSON. Throws nothing but TooMuchWork. */
export type Expression = (source: Source, work: Work) => unknown;

export const EXPRESSION_MAX = 1000;
const PIPES_MAX = 10;

/**
 * Compiles one expression: a path (`$.host`), a template (`{{ $.host }} on {{ $.site }}`), or plain text; paths
 * may be followed by functions (`$.host | lower`). Text in quotes is itself, whatever it holds.
 */
export function compileExpression(text: string): { run: Expression } | { wrong: string } {
  if (text.length > EXPRESSION_MAX) return { wrong: `at most ${EXPRESSION_MAX} characters` };
  try {
    return { run: compile(text.trim()) };
  } catch (error) {
    if (error instanceof CannotRead) return { wrong: error.message };
    throw error;
  }
}

/** Compiles a path alone, such as where the alerts of a body are. */
export function compilePath(text: string): { path: Path } | { wrong: string } {
  const reader = new Reader(text.trim());
  try {
    const path = readPath(reader);
    if (!reader.done) reader.wrong("the path ends here");
    return { path };
  } catch (error) {
    if (error instanceof CannotRead) return { wrong: error.message };
    throw error;
  }
}

function compile(text: string): Expression {
  if (text.includes("{{")) return template(text);
  const reader = new Reader(text);
  if (text.startsWith("$")) {
    const run = piped(reader);
    if (!reader.done)
      reader.wrong("“|” or the end was expected; put plain text that begins with $ in quotes");
    return run;
  }
  if (text.length > 1 && /^(["']).*\1$/s.test(text)) {
    const own = text.slice(1, -1);
    return () => own;
  }
  return () => text;
}

function piped(reader: Reader): Expression {
  const path = readPath(reader);
  const steps: ((value: unknown, work: Work) => unknown)[] = [];
  reader.space();
  while (reader.take("|")) {
    reader.space();
    steps.push(readFunction(reader));
    if (steps.length > PIPES_MAX) reader.wrong(`at most ${PIPES_MAX} functions`);
    reader.space();
  }
  return ({ item, body }, work) => {
    const values = valuesAt(path, item, body, work);
    return steps.reduce((value, step) => step(value, work), path.many ? values : values[0]);
  };
}

function readFunction(reader: Reader) {
  const began = reader.position;
  const name = reader.name();
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known) {
    reader.position = began;
    return reader.wrong(`there is no function “${name}”; known: ${Object.keys(FUNCTIONS).join(", ")}`);
  }
  const args = readArguments(reader);
  const needed = known.takes.filter((kind) => !kind.endsWith("?")).length;
  const fits = args.every((arg, i) => {
    const kind = known.takes[i];
    return kind !== undefined && (kind.startsWith("text") || typeof arg === "number");
  });
  if (args.length < needed || !fits) reader.wrong(`${name} is written ${known.usage}`);
  const made = known.make(args);
  return "wrong" in made ? reader.wrong(made.wrong) : made;
}

function readArguments(reader: Reader): Argument[] {
  const args: Argument[] = [];
  if (!reader.take("(")) return args;
  reader.space();
  while (!reader.take(")")) {
    if (args.length > 0) reader.expect(",");
    reader.space();
    args.push(reader.at('"') || reader.at("'") ? reader.quoted() : reader.number());
    reader.space();
  }
  return args;
}

function template(text: string): Expression {
  const parts: (string | Expression)[] = [];
  const reader = new Reader(text);
  while (!reader.done) {
    const open = text.indexOf("{{", reader.position);
    if (open < 0) {
      parts.push(text.slice(reader.position));
      break;
    }
    if (open > reader.position) parts.push(text.slice(reader.position, open));
    reader.position = open + 2;
    reader.space();
    parts.push(piped(reader));
    reader.space();
    reader.expect("}}");
  }
  return (source, work) => {
    // A template of which nothing could be filled in says nothing: the next fallback may.
    let filled = false;
    const made = parts.map((part) => {
      if (typeof part === "string") return part;
      const value = textOf(part(source, work), work);
      filled ||= value !== "";
      return value;
    });
    return filled ? cutText(made.join("")) : undefined;
  };
}
