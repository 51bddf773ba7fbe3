import * as z from "zod";
import { ERROR_STATUS, type ErrorCode } from "../../core/errors.ts";
import { type Action, PERMISSIONS } from "../../core/permissions.ts";
import { version } from "../../package.json";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

const ERROR_SCHEMA: Json = {
  type: "object",
  required: ["error", "detail"],
  properties: {
    error: { type: "string", enum: Object.keys(ERROR_STATUS) },
    detail: { type: "string", description: "one clear sentence" },
    fields: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "path -> what is wrong",
    },
    current: { description: "the current state, where a conflict is answered with it" },
  },
};

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
}

function parameters(route: Route): Json[] {
  const of = (schema: z.ZodType | undefined, place: "path" | "query"): Json[] => {
    if (!schema) return [];
    const object = jsonSchema(schema, "input");
    const required = (object.required ?? []) as string[];
    return Object.entries((object.properties ?? {}) as Record<string, Json>).map(([name, property]) => {
      const { description, ...rest } = property;
      return {
        name,
        in: place,
        required: place === "path" || required.includes(name),
        ...(description !== undefined && { description }),
        schema: rest,
      };
    });
  };
  return [...of(route.params, "path"), ...of(route.query, "query")];
}

function errorCodes(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(route.errors ?? []);
  if (route.access !== "public") codes.add("unauthenticated").add("forbidden");
  if (route.params) codes.add("not_found");
  if (route.query || route.body) codes.add("validation_failed");
  if (route.body) codes.add("invalid_json").add("payload_too_large");
  if (route.method !== "GET") codes.add("bad_origin");
  return [...codes.add("internal").add("unavailable")];
}

function responses(route: Route): Json {
  const { status, description, schema, files = [] } = route.success;
  const content: Json = {};
  if (schema) content["application/json"] = { schema: jsonSchema(schema, "output") };
  for (const type of files) content[type] ??= { schema: {} };
  const all: Json = { [status]: { description, ...(Object.keys(content).length > 0 && { content }) } };
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodes(route))
    byStatus.set(ERROR_STATUS[code], [...(byStatus.get(ERROR_STATUS[code]) ?? []), code]);
  for (const [code, names] of byStatus)
    all[code] = {
      description: names.join(", "),
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    };
  return all;
}

function permission(action: Action): string {
  const { roles, token } = PERMISSIONS[action];
  return `Permission ${action}: for ${roles.join(", ")}. ${token ? `Tokens need the scope ${token}.` : "No token does."}`;
}

function operation(route: Route): Json {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^a-z]+/g, "_").replace(/_$/, "")}`,
    summary: route.summary,
    tags: [route.path.split("/")[2] ?? "api"],
    ...(route.access !== "public" && {
      security: [{ session: [] }, ...(PERMISSIONS[route.access].token === null ? [] : [{ token: [] }])],
      description: permission(route.access),
    }),
    parameters: parameters(route),
    ...(route.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: jsonSchema(route.body, "input") } },
      },
    }),
    responses: responses(route),
  };
}

/** OpenAPI 3.1 out of the very schemas that validate, plus `extra` paths that are described by hand. */
export function openApi(routes: readonly Route[], extra: Json = {}): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: "3.1.0",
    info: { title: "Alert Whisperer", version, description: "Times are ISO 8601 UTC; ids are opaque." },
    paths: { ...paths, ...extra },
    components: {
      schemas: { Error: ERROR_SCHEMA },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-aw_session" },
        token: { type: "http", scheme: "bearer", description: "A personal access token, `awp_...`." },
      },
    },
  };
}
