/** What workerd says about connections that clients closed, and its own start: no one here can act on it. */
const NOISE = [
  /disconnected: /i,
  /^workerd\/(?!.*exception)/,
  /^kj\/(?!.*(exception|fatal))/,
  /Network connection lost/,
  /broken\.(outputGateBroken|dropped)/,
  /^NOSENTRY /,
];

/** Reading and looking around is no event; changes and failures are. @returns "" for what is not shown */
function requestLine({ method, route, status, ms }: Record<string, unknown>): string {
  const quiet = (method === "GET" || method === "HEAD") && Number(status) < 500;
  return quiet ? "" : `${method} ${route} ${status} (${ms} ms)`;
}

/** `{"event":"x","a":1}`, as the Worker writes it, becomes `x a=1`; anything else stays. */
function readable(message: string): string {
  if (!message.startsWith('{"event":')) return message;
  try {
    const { event, ...fields } = JSON.parse(message) as Record<string, unknown>;
    if (event === "request") return requestLine(fields);
    const shown = Object.entries(fields).map(([name, value]) => {
      return `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`;
    });
    return [event, ...shown].join(" ");
  } catch {
    return message;
  }
}

/** Prints one line of the Worker's console with the time before it, unless it is noise. */
export function printLog(log: { level: string; message: string }): void {
  const message = readable(log.message.trimEnd());
  if (message === "" || NOISE.some((pattern) => pattern.test(message))) return;
  const time = new Date().toISOString().slice(11, 19);
  const line = `${time} ${message}`;
  if (log.level === "error" || log.level === "warn") console.error(line);
  else if (log.level !== "debug") console.log(line);
}
