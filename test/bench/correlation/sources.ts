import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { neighboursBy, readAlerts, type Stream, topology } from "./stream.ts";

export interface Given {
  file: string;
  topology: string | null;
}

const stem = (file: string) => basename(file).replace(/\.jsonl(\.gz)?$/, "");

/** `NAME-topology.json` beside `NAME.jsonl.gz`, where there is one. */
function beside(file: string): string | null {
  const path = join(file, "..", `${stem(file)}-topology.json`);
  return existsSync(path) ? path : null;
}

/** The streams to score: named files, else those of a folder. A named graph serves every named file. */
export function given(files: string[], graph: string | null, folder: string | null): Given[] {
  if (files.length > 0) return files.map((file) => ({ file, topology: graph ?? beside(file) }));
  if (folder === null) return [];
  return readdirSync(folder)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name))
    .sort()
    .map((name) => ({ file: join(folder, name), topology: beside(join(folder, name)) }));
}

export function loaded({ file, topology: graph }: Given): Stream {
  const alerts = readAlerts(file);
  const links = graph ? topology(graph, new Set(alerts.map((a) => a.asset))) : [];
  return { name: stem(file), alerts, links, neighbours: neighboursBy(links) };
}
