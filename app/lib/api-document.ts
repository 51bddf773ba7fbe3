/** The parts of an OpenAPI 3.1 document that the reading page shows. */
interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  $ref?: string;
}

interface Operation {
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>;
}

export interface ApiDocument {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
}

export interface Field {
  name: string;
  /** Where a parameter stands: path, query or header. */
  place?: string;
  type: string;
  required: boolean;
  about: string;
}

export interface Call {
  id: string;
  method: string;
  path: string;
  summary: string;
  about: string;
  parameters: Field[];
  body: Field[];
  answers: { status: string; about: string; fields: Field[] }[];
}

export interface CallGroup {
  tag: string;
  calls: Call[];
}

const OPTIONS_SHOWN = 12;

/** A schema in a few words: `string`, `"a" | "b"`, `list of object`. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return "any";
  if (schema.$ref) return "object";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) {
    const shown = schema.enum.slice(0, OPTIONS_SHOWN).map((one) => JSON.stringify(one));
    return [...shown, ...(schema.enum.length > OPTIONS_SHOWN ? ["…"] : [])].join(" | ");
  }
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return [...new Set(options.map(typeOf))].join(" | ");
  if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  return schema.type ?? "any";
}

function fieldsOf(schema: Schema | undefined): Field[] {
  const required = new Set(schema?.required);
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeOf(property),
    required: required.has(name),
    about: property.description ?? "",
  }));
}

const ERROR = "#/components/schemas/Error";

function callOf(path: string, method: string, operation: Operation): Call {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return {
    id: `${method}${path.replace(/[^a-z0-9]+/gi, "-").replace(/-$/, "")}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    about: operation.description ?? "",
    parameters: (operation.parameters ?? []).map((one) => ({
      name: one.name,
      place: one.in,
      type: typeOf(one.schema),
      required: one.required === true,
      about: one.description ?? "",
    })),
    body: fieldsOf(body),
    answers: Object.entries(operation.responses).map(([status, { description, content }]) => {
      const schema = content?.["application/json"]?.schema;
      return { status, about: description, fields: schema?.$ref === ERROR ? [] : fieldsOf(schema) };
    }),
  };
}

/** Every call of the document, by tag, both in the document's order. */
export function readable(document: ApiDocument): CallGroup[] {
  const groups = new Map<string, Call[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? "api";
      groups.set(tag, [...(groups.get(tag) ?? []), callOf(path, method, operation)]);
    }
  }
  return [...groups].map(([tag, calls]) => ({ tag, calls }));
}
