/**
 * The orders of the incident list. A row's place is (k, t, seq), all descending: k the sort's own figure,
 * t a time that breaks ties within a group of rows that lie together in an index.
 */
export const SORTS = ["priority", "created", "updated", "severity"] as const;
export type Sort = (typeof SORTS)[number];

export interface Place {
  k: number;
  t: number;
  seq: number;
}

const HOUR_MS = 3_600_000;
const AGE_CAP_MS = 10 * HOUR_MS;

/**
 * SQL of k and t over a row `i`. The score is base - age in hours, at most 10; times an hour, and with
 * what is the same for all taken away, that is base x hour + created, held between ten hours ago and now.
 * `?asof` is a number we made ourselves, epoch ms.
 */
export function placeSql(sort: Sort, asof: number): { k: string; t: string } {
  const now = Math.trunc(asof);
  switch (sort) {
    case "priority":
      return {
        k: `(i.priority_base * ${HOUR_MS}.0 + min(max(i.created_at, ${now - AGE_CAP_MS}), ${now}))`,
        t: "i.created_at",
      };
    case "severity":
      return { k: "i.severity_rank", t: "i.created_at" };
    case "created":
      return { k: "0", t: "i.created_at" };
    case "updated":
      return { k: "0", t: "i.updated_at" };
  }
}

/** Rows that share scope, status, severity and base; in an index they lie by (t, seq). */
export interface Group {
  scope: string;
  status: string;
  severity_rank: number;
  priority_base: number;
}

/** Rows of a group that come after have (t, seq) below it. */
export type Bound = [t: number, seq: number];

export const lower = (a: Bound, b: Bound): Bound => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? a : b);
/** seq begins at 1, so this stands before every row with that time. */
const atMost = (t: number): Bound => [t + 1, 0];
const below = (t: number): Bound => [t, 0];
export const EVERYTHING: Bound = [Number.MAX_SAFE_INTEGER, 0];

/** Where a group goes on after `place`; null where all its rows come before. */
export function boundAfter(sort: Sort, group: Group, place: Place, asof: number): Bound | null {
  const here: Bound = [place.t, place.seq];
  if (sort === "created" || sort === "updated") return here;
  if (sort === "severity") {
    if (group.severity_rank === place.k) return here;
    return group.severity_rank < place.k ? EVERYTHING : null;
  }
  const now = Math.trunc(asof);
  const oldest = now - AGE_CAP_MS;
  // Rows of this group as good as `place` have this held time.
  const held = place.k - group.priority_base * HOUR_MS;
  if (held < oldest) return null;
  if (held === oldest) return lower(atMost(oldest), here);
  if (held > now) return EVERYTHING;
  if (held === now) return place.t >= now ? here : below(now);
  if (held === place.t) return here;
  return held < place.t ? atMost(held) : below(held);
}
