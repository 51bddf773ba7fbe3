export type Role = "web" | "app" | "database" | "file" | "switch" | "firewall" | "backup" | "workstation";

export interface DemoAsset {
  name: string;
  role: Role;
  site: string;
  critical?: boolean;
}

export interface DemoCompany {
  name: string;
  time_zone: string;
  assets: DemoAsset[];
  /** What its MSP chose for it: each company shows another way to group. */
  strategy: "asset|signature" | "asset" | "signature";
  /** The tools this company has; each alert names the one that saw it. */
  tools: [first: string, second: string];
}

export const DEMO_MSP = "Northwind MSP (demo)";

const many = (count: number, make: (number: string) => DemoAsset): DemoAsset[] =>
  Array.from({ length: count }, (_, index) => make(String(index + 1).padStart(2, "0")));

/** Three invented customers, each of a different kind; every name says that it is a demo. */
export const DEMO_COMPANIES: DemoCompany[] = [
  {
    name: "Harbor Dental Group (demo)",
    time_zone: "America/New_York",
    strategy: "asset",
    tools: ["zabbix", "datadog"],
    assets: [
      { name: "hdg-fw-01", role: "firewall", site: "Boston", critical: true },
      { name: "hdg-sw-01", role: "switch", site: "Boston" },
      { name: "hdg-sql-01", role: "database", site: "Boston", critical: true },
      { name: "hdg-pms-01", role: "app", site: "Boston", critical: true },
      { name: "hdg-file-01", role: "file", site: "Boston" },
      { name: "hdg-bkp-01", role: "backup", site: "Boston" },
      ...many(12, (n) => ({ name: `hdg-ws-${n}`, role: "workstation", site: "Boston" })),
    ],
  },
  {
    name: "Alder Logistics (demo)",
    time_zone: "Europe/Berlin",
    strategy: "signature",
    tools: ["alertmanager", "nagios"],
    assets: [
      { name: "alder-core-sw", role: "switch", site: "Hamburg", critical: true },
      { name: "alder-fw-01", role: "firewall", site: "Hamburg" },
      { name: "alder-db-01", role: "database", site: "Hamburg", critical: true },
      ...many(3, (n) => ({ name: `alder-app-${n}`, role: "app", site: "Hamburg" })),
      ...many(4, (n) => ({ name: `alder-web-${n}`, role: "web", site: "Hamburg" })),
      ...many(24, (n) => ({ name: `alder-scanner-${n}`, role: "workstation", site: "Bremen" })),
      { name: "alder-bremen-sw", role: "switch", site: "Bremen" },
      { name: "alder-backup", role: "backup", site: "Hamburg" },
    ],
  },
  {
    name: "Brightline Media (demo)",
    time_zone: "Europe/London",
    strategy: "asset|signature",
    tools: ["cloudwatch", "uptime-kuma"],
    assets: [
      ...many(6, (n) => ({ name: `blm-web-${n}`, role: "web", site: "eu-west-2" })),
      ...many(4, (n) => ({ name: `blm-render-${n}`, role: "app", site: "eu-west-2" })),
      { name: "blm-rds-main", role: "database", site: "eu-west-2", critical: true },
      { name: "blm-nas-01", role: "file", site: "London" },
      { name: "blm-edge-fw", role: "firewall", site: "London" },
      { name: "blm-studio-sw", role: "switch", site: "London" },
    ],
  },
];
