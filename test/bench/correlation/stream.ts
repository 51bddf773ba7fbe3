import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { SEVERITIES, type Severity } from "../../../core/severity.ts";

/** One alert of a labelled stream. `t`: epoch ms, taken as the time of its arrival. */
export interface Labelled {
  t: number;
  asset: string;
  signature: string;
  severity: Severity;
  message: string;
  tool: string;
  /** True incident, or null for background. */
  incident: string | null;
  tenant: string;
  /** What the tool itself grouped it with, where it says so. */
  group?: string | null;
  /** When the source says it happened, epoch ms, where that differs from its arrival. */
  event_time?: number;
}

export interface Stream {
  name: string;
  alerts: Labelled[];
  /** Direct neighbours of an asset in the dependency graph, either way. */
  neighbours: (asset: string) => readonly string[];
  /** Who depends on whom, directly. */
  links: Link[];
}

export interface Link {
  from: string;
  on: string;
}

const EMPTY: readonly string[] = [];

/** Neighbours by links, either way. */
export function neighboursBy(links: Link[]): (asset: string) => readonly string[] {
  const near = new Map<string, Set<string>>();
  const note = (a: string, b: string) => near.set(a, (near.get(a) ?? new Set()).add(b));
  for (const { from, on } of links) {
    note(from, on);
    note(on, from);
  }
  const lists = new Map([...near].map(([asset, set]) => [asset, [...set]]));
  return (asset) => lists.get(asset) ?? EMPTY;
}

const severityOf = (text: unknown): Severity =>
  (SEVERITIES as readonly unknown[]).includes(text) ? (text as Severity) : "medium";

/** JSON lines, plain or gzipped, in order of arrival. Throws with file and line where one is no alert. */
export function readAlerts(path: string): Labelled[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  const alerts: Labelled[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const row = JSON.parse(line) as Partial<Labelled>;
    if (typeof row.t !== "number" || typeof row.asset !== "string" || typeof row.signature !== "string")
      throw new Error(`${path}:${index + 1} has no t, asset and signature.`);
    alerts.push({
      t: row.t,
      asset: row.asset,
      signature: row.signature,
      severity: severityOf(row.severity),
      message: row.message ?? "",
      tool: row.tool ?? "unknown",
      incident: row.incident ?? null,
      tenant: row.tenant ?? "default",
      group: row.group ?? null,
      ...(typeof row.event_time === "number" ? { event_time: row.event_time } : {}),
    });
  });
  return alerts;
}

interface TopologyFile {
  edges?: { source: string; target: string; label?: string }[];
}

/** "boutique-1/frontend-2" -> ["boutique-1/frontend-2", "frontend-2", "frontend"]: as graphs may name it. */
function namesOf(asset: string): string[] {
  const short = asset.slice(asset.lastIndexOf("/") + 1);
  return [asset, short, short.replace(/\d*-\d+$/, "")];
}

/**
 * Links of a graph file `{edges: [{source, target, label}]}`: the source depends on what it calls; of "hosts",
 * the target depends on its host. A graph may name a service where the stream names its replicas, and leave a
 * prefix out: each such asset has its service's links.
 */
export function topology(path: string, assets: Iterable<string>): Link[] {
  const { edges = [] } = JSON.parse(readFileSync(path, "utf8")) as TopologyFile;
  const named = new Map<string, Set<string>>();
  for (const asset of assets)
    for (const name of namesOf(asset)) named.set(name, (named.get(name) ?? new Set()).add(asset));
  const links = new Map<string, Link>();
  for (const { source, target, label } of edges)
    for (const a of named.get(source) ?? [])
      for (const b of named.get(target) ?? []) {
        const link = label === "hosts" ? { from: b, on: a } : { from: a, on: b };
        if (a !== b) links.set(`${link.from}\n${link.on}`, link);
      }
  return [...links.values()];
}
