/** What an alert is about. Apart from the schemas, so that a page that offers them loads none. */
export const CATEGORIES = [
  "Network",
  "Database",
  "Security",
  "Server",
  "Application",
  "Storage",
  "Cloud",
  "Other",
] as const;
export type Category = (typeof CATEGORIES)[number];
