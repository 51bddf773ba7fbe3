const NAMES = ["tool", "reason", "status", "group"] as const;

/** The page's filters as the API's query, with its question mark; "" without any. */
export function letterQuery(params: URLSearchParams): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = params.get(name);
    if (value) query.set(name, value);
  }
  return query.size > 0 ? `?${query}` : "";
}
