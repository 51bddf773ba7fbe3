/** What a tool needs to deliver to one company. `key` and `secret` may be placeholders. */
export interface Access {
  webhookUrl: string;
  key: string;
  secret: string;
}

/** Stand in where the key or the secret cannot be read any more. */
export const PLACEHOLDER = { key: "YOUR_API_KEY", secret: "YOUR_SIGNING_SECRET" } as const;

/** The address of one tool's route, with the key in it. */
export function deliveryUrl({ webhookUrl, key }: Access, tool = "alerts"): string {
  const url = new URL(webhookUrl);
  url.pathname = `/api/webhooks/${tool}`;
  url.search = "";
  return `${url}?api_key=${key}`;
}

/** The alert that each example sends; `tool` says which one it was. */
export function exampleAlert(tool: string): Record<string, string> {
  return {
    asset_name: "web-01",
    signature: "high_cpu_usage",
    severity: "high",
    message: "CPU at 97 % for 5 minutes",
    tool_source: tool,
  };
}
