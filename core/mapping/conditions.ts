import { compileRegex } from "../linear-regex.ts";
import { compileExpression, type Source } from "./expression.ts";
import type { MappingCondition } from "./mapping.ts";
import { isEmpty, textOf } from "./values.ts";
import type { Work } from "./work.ts";

export type Test = (source: Source, work: Work) => boolean;

const folded = (text: string) => text.trim().toLowerCase();

/** Compares a text with the condition's own ones; upper and lower case are the same. */
function comparison({ op, to }: MappingCondition): (text: string, work: Work) => boolean {
  const wanted = to.map(folded);
  switch (op) {
    case "is":
      return (text) => wanted.includes(folded(text));
    case "is_not":
      return (text) => !wanted.includes(folded(text));
    case "contains":
      return (text) => wanted.some((part) => folded(text).includes(part));
    case "above":
      return (text) => text.trim() !== "" && to.some((limit) => Number(text) > Number(limit));
    case "below":
      return (text) => text.trim() !== "" && to.some((limit) => Number(text) < Number(limit));
    case "matches": {
      const patterns = to.flatMap((pattern) => {
        const made = compileRegex(pattern);
        return made.ok ? [made.value] : [];
      });
      return (text, work) =>
        patterns.some((regex) => {
          work.spend(Math.min(text.length, 4096) * Math.max(4, regex.pattern.length));
          return regex.test(text);
        });
    }
    default:
      return () => false;
  }
}

/** A condition as a test of a body. Of several values at once, one that holds is enough. */
export function compileCondition(condition: MappingCondition): Test {
  const made = compileExpression(condition.value);
  if ("wrong" in made) return () => false;
  const { op } = condition;
  if (op === "exists") return (source, work) => !isEmpty(made.run(source, work));
  if (op === "missing") return (source, work) => isEmpty(made.run(source, work));
  const compare = comparison(condition);
  return (source, work) => {
    const value = made.run(source, work);
    if (!Array.isArray(value)) return compare(textOf(value, work), work);
    const test = (one: unknown) => compare(textOf(one, work), work);
    return op === "is_not" ? value.every(test) : value.some(test);
  };
}
