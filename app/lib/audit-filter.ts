const NAMES = ["company_id", "actor_id", "action", "q"] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The page's filters as the API's query: dates are whole days in UTC. */
export function auditQuery(params: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = params.get(name)?.trim();
    if (value) query.set(name, value);
  }
  const from = params.get("from") ?? "";
  const to = params.get("to") ?? "";
  if (DATE.test(from)) query.set("from", `${from}T00:00:00.000Z`);
  if (DATE.test(to)) query.set("to", `${to}T23:59:59.999Z`);
  return query;
}

const SUBJECTS: Record<string, string> = { msp: "MSP", token: "Access token" };

/** `company.settings_changed` -> "Company: settings changed". */
export function actionWords(action: string): string {
  const [thing = "", ...rest] = action.split(".");
  const subject = SUBJECTS[thing] ?? thing.charAt(0).toUpperCase() + thing.slice(1).replaceAll("_", " ");
  return `${subject}: ${rest.join(" ").replaceAll("_", " ").replace("totp", "two-factor")}`;
}
