/** One machine of an invented company, and what it directly depends on. */
export interface Machine {
  name: string;
  role: "firewall" | "switch" | "host" | "database" | "cache" | "app" | "web" | "share" | "desk";
  dependsOn: string[];
}

const two = (n: number) => String(n).padStart(2, "0");

/**
 * A company of one site: a firewall, switches, hosts behind them, two services of web, app, cache and database
 * tiers on those hosts, shares and desks. About `size` x 22 machines.
 */
export function company(name: string, size: number): Machine[] {
  const made: Machine[] = [];
  const add = (role: Machine["role"], label: string, ...dependsOn: string[]): string => {
    const machine = `${label}.${name}`;
    made.push({ name: machine, role, dependsOn });
    return machine;
  };
  const firewall = add("firewall", "fw-01");
  for (let site = 1; site <= size; site++) {
    const lan = add("switch", `sw-${two(site)}`, firewall);
    const hosts = [1, 2].map((n) => add("host", `esx-${two(site)}${n}`, lan));
    for (const service of ["shop", "books"]) {
      const tag = `${service}-${two(site)}`;
      const database = add("database", `db-${tag}`, hosts[0] as string);
      const cache = add("cache", `redis-${tag}`, hosts[1] as string);
      const apps = [1, 2].map((n) => add("app", `app-${tag}-${n}`, database, cache, hosts[n - 1] as string));
      for (const n of [1, 2]) add("web", `web-${tag}-${n}`, ...apps);
    }
    const share = add("share", `nas-${two(site)}`, lan);
    for (let n = 1; n <= 5; n++) add("desk", `ws-${two(site)}${n}`, share, lan);
  }
  return made;
}
