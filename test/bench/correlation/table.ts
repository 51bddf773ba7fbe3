import type { StreamReport } from "./main.ts";
import type { OrderChange } from "./order.ts";
import type { Score } from "./score.ts";
import type { TrialScore } from "./trials.ts";

const HEAD = ["strategy", "what", "cut %", "P", "strict P", "R", "B3", "frag", "groups", "alerts/s"];
const share = (value: number) => value.toFixed(3);

function cells(name: string, what: string, s: Score, rate: string): string[] {
  return [
    name,
    what,
    (s.noise_cut * 100).toFixed(1),
    share(s.precision),
    share(s.strict_precision),
    share(s.recall),
    share(s.b_cubed),
    s.fragments.toFixed(1),
    String(s.groups),
    rate,
  ];
}

export function heading(report: StreamReport): string {
  const s = report.lines[0]?.rows.all;
  return `\n== ${report.stream}: ${report.alerts} alerts, ${s?.labelled ?? 0} labelled, ${s?.incidents ?? 0} true incidents`;
}

/** The scores as columns of plain text. */
export function scoreTable(report: StreamReport, brief: boolean): string {
  const rows: string[][] = [HEAD];
  for (const { strategy, window, rows: r, alerts_per_second } of report.lines) {
    const name = window ? `${strategy}, ${window}` : strategy;
    rows.push(cells(name, "all", r.all, alerts_per_second.toLocaleString("en")));
    rows.push(cells("", "without the largest", r.without_largest, ""));
    if (brief || window !== null || r.tenants.length < 2) continue;
    for (const { tenant, all, without_largest } of r.tenants) {
      rows.push(cells("", tenant, all, ""));
      rows.push(cells("", "  without its largest", without_largest, ""));
    }
  }
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function orderLine(changes: OrderChange[]): string {
  const percent = (value: number) => `${(value * 100).toFixed(2)} %`;
  return (
    `smart-alone, arrival shuffled within 30 s: ${changes.map((c) => percent(c.of_all_pairs)).join(", ")} of all pairs change ` +
    `(${changes.map((c) => percent(c.of_grouped_pairs)).join(", ")} of the pairs that are together)`
  );
}

/** One line a trial: the whole stream, and without its largest true incident. */
export function trialTable(title: string, trials: TrialScore[]): string {
  const wide = Math.max(...trials.map((t) => t.name.length));
  const cell = (s: Score) =>
    `cut ${(s.noise_cut * 100).toFixed(1)} % B3 ${share(s.b_cubed)} strict ${share(s.strict_precision)}`;
  return [
    `\n-- ${title}`,
    ...trials.map(
      (t) => `${t.name.padEnd(wide)}  ${cell(t.all)}  without the largest ${cell(t.without_largest)}`,
    ),
  ].join("\n");
}
