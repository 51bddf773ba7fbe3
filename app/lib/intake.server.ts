import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import type { DeadLetter, LetterGroup, ReplayResult, Sample } from "../../core/dead-letter.ts";
import type { HeartbeatView } from "../../core/heartbeat.ts";
import type { MappingView } from "../../core/mapping/mapping.ts";
import { companyPath, loadPart } from "./company-loads.server.ts";
import { type FormAnswer, idForm, intent, runIntent, segment } from "./intents.server.ts";
import { letterQuery } from "./letter-query.ts";

export interface Letters {
  items: DeadLetter[];
  groups: LetterGroup[];
  next_cursor: string | null;
  /** How many more there are behind this page. */
  left: number;
}
export interface Heartbeats {
  items: HeartbeatView[];
  unexpected: { tool: string; signature: string; asset_name: string; last_seen: string }[];
}

/** Everything the page shows, read side by side; a part that fails says so in its own place. */
export async function loadIntake(context: AppLoadContext, companyId: string | undefined, url: string) {
  const part = <T>(path: string) => loadPart<T>(context, companyPath(companyId, path));
  const [letters, mappings, samples, heartbeats] = await Promise.all([
    part<Letters>(`/dead-letters${letterQuery(new URL(url).searchParams)}`),
    part<{ items: MappingView[] }>("/mappings"),
    part<{ items: Sample[] }>("/mappings/bodies"),
    part<Heartbeats>("/heartbeats"),
  ]);
  return { letters, mappings, samples, heartbeats };
}

/** What the page's scripts put together; the API says what is wrong with it. */
const made = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This form was not sent as a whole.");
    return z.NEVER;
  }
});
/** As it came, by a named adapter (`tool:grafana`), or by a mapping (`mapping:ID`). */
const replayForm = z.object({ id: z.string(), way: z.string().default("") });
function wayOf(way: string): Record<string, string> {
  const [kind = "", name = ""] = way.split(/:(.*)/s);
  return kind === "tool" || kind === "mapping" ? { [kind]: name } : {};
}
const placeForm = z.object({ id: z.string(), position: z.coerce.number().int().min(0) });
const madeForm = z.object({ id: z.string().optional(), made });

/** A delivery that is read again and still says nothing was answered well, and yet did not work. */
function stillRefused(answer: FormAnswer): FormAnswer {
  const { value } = answer;
  if (!answer.ok || typeof value !== "object" || value === null) return answer;
  if (!("status" in value && "results" in value)) return answer;
  const { status, detail, results } = value as ReplayResult;
  if (status !== "refused") return answer;
  const wrong = results.flatMap(({ fields = {} }) =>
    Object.entries(fields).map(([at, what]) => `${at}: ${what}`),
  );
  return {
    ...answer,
    ok: false,
    problem: wrong.length > 0 ? `${detail} ${wrong.slice(0, 5).join("; ")}` : detail,
  };
}

/** Runs one of the page's forms. */
export async function runIntakeAction(context: AppLoadContext, request: Request, companyId: string) {
  const of = (path: string) => companyPath(companyId, `/${path}`);
  const save = (path: string) => (method: "POST" | "PATCH") =>
    intent(method, madeForm, ({ id, made: body }) => ({
      path: of(id ? `${path}/${segment(id)}` : path),
      body,
    }));
  const remove = (path: string) =>
    intent("DELETE", idForm, ({ id }) => ({ path: of(`${path}/${segment(id)}`) }));
  const move = intent("PATCH", placeForm, ({ id, position }) => ({
    path: of(`mappings/${segment(id)}`),
    body: { position },
  }));
  const answer = await runIntent(context, request, {
    "mapping-add": save("mappings")("POST"),
    "mapping-save": save("mappings")("PATCH"),
    "mapping-up": move,
    "mapping-down": move,
    "mapping-delete": remove("mappings"),
    "letter-replay": intent("POST", replayForm, ({ id, way }) => ({
      path: of(`dead-letters/${segment(id)}/replay`),
      body: wayOf(way),
    })),
    "letter-delete": remove("dead-letters"),
    "group-delete": intent("DELETE", idForm, ({ id }) => ({
      path: of(`dead-letters?group=${segment(id)}`),
    })),
    "heartbeat-add": save("heartbeats")("POST"),
    "heartbeat-save": save("heartbeats")("PATCH"),
    "heartbeat-pause": save("heartbeats")("PATCH"),
    "heartbeat-delete": remove("heartbeats"),
  });
  return stillRefused(answer);
}
