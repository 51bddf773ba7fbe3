/** Adapters whose tools say of every alert when it is over. What they repeat is the same alert, however late. */
const KNOWN: ReadonlySet<string> = new Set([
  "alertmanager",
  "azure",
  "checkmk",
  "cloudwatch",
  "datadog",
  "dynatrace",
  "gcp",
  "grafana",
  "icinga2",
  "nagios",
  "newrelic",
  "pingdom",
  "prtg",
  "site24x7",
  "uptime-kuma",
  "zabbix",
]);
const TOOLS_MAX = 64;

/** Which tools of a company send recoveries: the known ones, and those that were seen to. */
export class Recovering {
  private readonly seen = new Set<string>();

  note(tool: string): boolean {
    const name = tool.toLowerCase();
    if (this.has(name) || this.seen.size >= TOOLS_MAX) return false;
    this.seen.add(name);
    return true;
  }

  has(tool: string): boolean {
    const name = tool.toLowerCase();
    return KNOWN.has(name) || this.seen.has(name);
  }

  toJSON(): string[] {
    return [...this.seen];
  }

  static fromJSON(tools: string[]): Recovering {
    const made = new Recovering();
    for (const tool of tools) made.note(tool);
    return made;
  }
}
