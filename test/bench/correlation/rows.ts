import { largestIncident, type Score, score } from "./score.ts";
import type { Stream } from "./stream.ts";

/** The scores of one run: all of it, without its largest true incident, and each tenant by itself. */
export interface Rows {
  all: Score;
  without_largest: Score;
  tenants: { tenant: string; all: Score; without_largest: Score }[];
}

export function rowsOf(stream: Stream, groups: number[]): Rows {
  const labels = stream.alerts.map((a) => a.incident);
  const largest = largestIncident(labels);
  const tenants = [...new Set(stream.alerts.map((a) => a.tenant))].map((tenant) => {
    const mine = stream.alerts.flatMap((a, i) => (a.tenant === tenant ? [i] : []));
    const grouping = {
      labels: mine.map((i) => labels[i] as string | null),
      groups: mine.map((i) => groups[i] as number),
    };
    return {
      tenant,
      all: score(grouping),
      without_largest: score(grouping, largestIncident(grouping.labels)),
    };
  });
  return { all: score({ labels, groups }), without_largest: score({ labels, groups }, largest), tenants };
}
