import { type CompanyCreated, companyCreatedSchema } from "../../core/company.ts";
import type { LocalCompany, SignIn } from "./secrets-file.ts";

/** The public API as one signed-in person; remembers the session cookie. */
export class ApiClient {
  readonly origin: string;
  #cookie = "";

  constructor(origin: string) {
    this.origin = origin;
  }

  /** `name=value` of the session cookie, empty before sign-in. */
  get cookie(): string {
    return this.#cookie;
  }

  /** @returns the answer, whatever its status */
  async request(method: string, path: string, json?: unknown): Promise<Response> {
    const headers: Record<string, string> = { origin: this.origin };
    if (this.#cookie) headers.cookie = this.#cookie;
    if (json !== undefined) headers["content-type"] = "application/json";
    const body = json === undefined ? undefined : JSON.stringify(json);
    const response = await fetch(new URL(path, this.origin), { method, headers, body });
    const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
    if (cookie) this.#cookie = cookie;
    return response;
  }

  /** @returns the parsed body. @throws with status and body when it is not 2xx */
  async json<T>(method: string, path: string, json?: unknown): Promise<T> {
    const response = await this.request(method, path, json);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }

  /** Signs up, or in when that was done before. */
  async enter(person: SignIn & { name: string; msp_name: string }): Promise<void> {
    const signup = await this.request("POST", "/api/auth/signup", person);
    if (signup.ok) return;
    const { email, password } = person;
    await this.json("POST", "/api/auth/login", { email, password });
  }

  async createCompany(name: string, timeZone = "UTC"): Promise<LocalCompany> {
    const answer = await this.json<CompanyCreated>("POST", "/api/companies", { name, time_zone: timeZone });
    const created = companyCreatedSchema.parse(answer);
    return {
      id: created.company.id,
      name: created.company.name,
      api_key: created.api_key,
      hmac_secret: created.hmac_secret,
      webhook_url: created.webhook_url,
    };
  }

  /** However many new alerts come, each is treated as on any other day. */
  async neverStorm(companyId: string): Promise<void> {
    const path = `/api/companies/${companyId}/correlation`;
    const settings = await this.json<Record<string, unknown>>("GET", path);
    await this.json("PUT", path, { ...settings, storm_alerts_per_minute: 1_000_000 });
  }

  /** Local runs may take as much as the machine can. */
  async liftRateLimit(companyId: string): Promise<void> {
    const wide = { requests_per_minute: 1_000_000, burst: 1_000_000 };
    await this.json("PUT", `/api/companies/${companyId}/rate-limit`, wide);
  }
}
