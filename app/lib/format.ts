const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Two units at most: 42s, 5m, 3h 12m, 4d 2h. Seconds in. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < MINUTE) return `${s}s`;
  if (s < HOUR) return `${Math.floor(s / MINUTE)}m`;
  const [big, unit, small, smallUnit] =
    s < DAY
      ? [Math.floor(s / HOUR), "h", Math.floor((s % HOUR) / MINUTE), "m"]
      : [Math.floor(s / DAY), "d", Math.floor((s % DAY) / HOUR), "h"];
  return small ? `${big}${unit} ${small}${smallUnit}` : `${big}${unit}`;
}

/** Age of an ISO time at `now` (epoch ms). */
export function age(iso: string, now: number): string {
  return duration((now - Date.parse(iso)) / 1000);
}

/** 2026-11-20 14:03:22 UTC: the same on the server and in every browser. */
export function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

export function score(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2).replace(/0$/, "");
}

export function count(value: number): string {
  return value.toLocaleString("en-US");
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** high_cpu_usage -> High CPU usage is the server's work; this only makes a signature readable. */
export function words(signature: string): string {
  return signature.replaceAll("_", " ");
}
