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

/** An end as one reads it after its start: the time alone where the day is the same. */
export function untilTime(start: string, end: string, zone: string): string {
  const to = zoneTime(end, zone);
  const clockAt = to.lastIndexOf(" ") + 1;
  return zoneTime(start, zone).startsWith(to.slice(0, clockAt)) ? to.slice(clockAt) : to;
}

/** Now in a zone, as a field for local time wants it: 2026-03-08T02:30. */
export function nowIn(zone: string): string {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return text.format(new Date()).replace(" ", "T");
}
