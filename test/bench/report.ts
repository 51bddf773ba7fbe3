import { cpus, totalmem } from "node:os";

/** One line of the report. Goals are what we aim at; nothing fails by them. */
export interface Figure {
  group: string;
  name: string;
  value: number;
  unit: string;
  /** What it is measured against, in the same unit. */
  floor?: { name: string; value: number };
  ratio?: number;
  /** Of the ratio where there is one, else of the value. */
  goal?: { least?: number; most?: number };
  met?: boolean;
}

export interface Report {
  machine: { cpu: string; cores: number; memory_gib: number; node: string; date: string };
  figures: Figure[];
  notes: string[];
  /** Figures behind the figures, for whoever wants to look closer. */
  detail: Record<string, unknown>;
}

export function machine(): Report["machine"] {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    date: new Date().toISOString(),
  };
}

export function judged(figure: Figure): Figure {
  if (!figure.goal) return figure;
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = figure.goal;
  const judgedBy = figure.ratio ?? figure.value;
  return { ...figure, met: judgedBy >= least && judgedBy <= most };
}

const number = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 10 ? 1 : value >= 0.1 ? 2 : 4);
};

function goalText({ least, most }: NonNullable<Figure["goal"]>): string {
  return least !== undefined ? `≥ ${least}` : `≤ ${most}`;
}

/** The figures as a table of plain text, a block for each group. */
export function table(report: Report): string {
  const head = ["figure", "value", "floor", "", "ratio", "goal", "met"];
  const rows = report.figures.map((f) => [
    `${f.group}: ${f.name}`,
    `${number(f.value)} ${f.unit}`,
    f.floor ? number(f.floor.value) : "",
    f.floor?.name ?? "",
    f.ratio === undefined ? "" : f.ratio.toFixed(2),
    f.goal ? goalText(f.goal) : "",
    f.met === undefined ? "" : f.met ? "yes" : "NO",
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  const { cpu, cores, memory_gib, node, date } = report.machine;
  const about = `${cpu}, ${cores} cores, ${memory_gib} GiB, Node ${node}, ${date.slice(0, 10)}`;
  return [about, "", line(head), ...rows.map(line), "", ...report.notes].join("\n");
}
