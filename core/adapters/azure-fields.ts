import { cut, isObject, text } from "./adapter.ts";
import { listAt, objectAt } from "./fields.ts";

/** "Sev0" or "0" .. "Sev4" or "4" in words; what is none of them stays as it is ("Warning" of old log alerts). */
export function severityWord(raw: string): string {
  const level = /^(?:sev)?\s*([0-4])$/i.exec(raw.trim())?.[1];
  return level === undefined
    ? raw.trim()
    : (["critical", "high", "medium", "low", "low"][Number(level)] ?? "");
}

/** ".../virtualMachines/web-01" as "web-01". */
export function lastSegment(id: string): string {
  const path = cut(id, 4096).replace(/\/+$/, "");
  return path.slice(path.lastIndexOf("/") + 1);
}

const conditions = (context: Record<string, unknown>): Record<string, unknown>[] =>
  listAt(objectAt(context, "condition"), "allOf").slice(0, 20).filter(isObject);

/** "Percentage CPU 97 GreaterThan 90 (Average)" of each condition: most rules have no description. */
export function conditionText(context: Record<string, unknown>): string {
  const single = objectAt(context, "condition");
  const all = conditions(context);
  return (all.length > 0 ? all : [single])
    .map((c) => {
      const name = text(c, "metricName") || text(c, "metricMeasureColumn") || text(c, "searchQuery");
      if (!name) return "";
      const how = text(c, "timeAggregation");
      return [
        cut(name, 1000),
        text(c, "metricValue"),
        text(c, "operator"),
        text(c, "threshold"),
        how && `(${how})`,
      ]
        .filter(Boolean)
        .join(" ");
    })
    .filter(Boolean)
    .join("; ");
}

/** Dimensions of all conditions: which of its resource's series it is. The value is no part. */
export function dimensions(context: Record<string, unknown>): [string, string][] {
  return conditions(context).flatMap((c) =>
    listAt(c, "dimensions")
      .slice(0, 20)
      .filter(isObject)
      .map((d): [string, string] => [cut(text(d, "name"), 200), cut(text(d, "value"), 1024)]),
  );
}

/** The samples that an action group sends on "Test" speak of a made-up subscription and a rule named test-... */
export function isSample(id: string, rule: string): boolean {
  return id.includes("/11111111-1111-1111-1111-111111111111/") && /^test-/i.test(rule);
}
