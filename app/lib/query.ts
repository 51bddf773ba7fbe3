/** The named parameters of a URL that have a value, for the API's query string. */
export function pick(params: URLSearchParams, names: readonly string[]): URLSearchParams {
  const out = new URLSearchParams();
  for (const name of names) {
    const value = params.get(name)?.trim();
    if (value) out.set(name, value);
  }
  return out;
}

/** `path?query`, or the path alone. */
export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
