/** An instant as clocks in a zone show it: the same on the server and in every browser. */
export function zoneTime(iso: string, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(iso));
}

/** Now in a zone, as a field for local time wants it: 2026-03-08T02:30. */
export function nowIn(zone: string): string {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return text.format(new Date()).replace(" ", "T");
}
