/** One JSON line to the platform's log. Never hand it a query string, a cookie, a key or a body. */
export function log(event: string, fields: Record<string, unknown> = {}): void {
  // biome-ignore lint/suspicious/noConsole: the console is the platform's log
  console.log(JSON.stringify({ event, ...fields }));
}

const SECRET = /(awp?_[\w-]{8,}|api_key=[^&\s"]+|eyJ[\w-]+\.[\w-]+\.[\w-]*|Bearer\s+\S+)/g;

/** An exception as a short text with anything that looks like a key or a token taken out. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(SECRET, "[redacted]").slice(0, 2000);
}
