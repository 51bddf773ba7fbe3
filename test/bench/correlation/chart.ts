import type { StreamReport } from "./main.ts";

const WIDTH = 960;
const LEFT = 240;
const RIGHT = 40;
const BAR = 11;
const ROW = 3 * BAR + 14;
const COLOURS = ["#2563eb", "#0f9d78", "#b45309"];
const MEASURES = ["B-cubed F1", "strict precision", "noise cut"];

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Bars of B-cubed, strict precision and noise cut for each strategy and stream, as an SVG document. */
export function chart(reports: StreamReport[]): string {
  const parts: string[] = [];
  const span = WIDTH - LEFT - RIGHT;
  const text = (x: number, y: number, words: string, more = "") =>
    parts.push(`<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`);
  let y = 34;
  text(16, y, "Grouping of labelled alert streams", 'font-size="18" font-weight="600"');
  MEASURES.forEach((name, i) => {
    parts.push(`<rect x="${430 + i * 165}" y="${y - 11}" width="12" height="12" fill="${COLOURS[i]}"/>`);
    text(448 + i * 165, y, name);
  });
  for (const report of reports) {
    y += 40;
    const labelled = report.lines[0]?.rows.all;
    text(
      16,
      y,
      `${report.stream}: ${report.alerts.toLocaleString("en")} alerts, ${labelled?.incidents ?? 0} true incidents`,
      'font-size="14" font-weight="600"',
    );
    y += 12;
    const top = y;
    const lines = report.lines.filter((l) => l.window !== "fixed");
    for (const { strategy, window, rows } of lines) {
      text(LEFT - 10, y + ROW / 2, window ? `${strategy}, 15 min` : strategy, 'text-anchor="end"');
      const values = [rows.all.b_cubed, rows.all.strict_precision, rows.all.noise_cut];
      values.forEach((value, i) => {
        const at = y + 5 + i * BAR;
        const width = Math.max(1, value * span);
        parts.push(
          `<rect x="${LEFT}" y="${at}" width="${width.toFixed(1)}" height="${BAR - 1}" fill="${COLOURS[i]}"/>`,
        );
        text(LEFT + width + 4, at + 9, value.toFixed(3), 'font-size="9"');
      });
      y += ROW;
    }
    for (const mark of [0, 0.25, 0.5, 0.75, 1])
      parts.push(
        `<line x1="${LEFT + mark * span}" x2="${LEFT + mark * span}" y1="${top}" y2="${y}" stroke="#94a3b8" stroke-width="0.6" stroke-dasharray="2 3"/>`,
      );
  }
  const height = y + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#1e293b">`,
    "<title>B-cubed, strict precision and noise cut of each way to group, by stream</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}
