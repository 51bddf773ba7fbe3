import { SELF } from "cloudflare:test";
import { type CompanyCreated, companyCreatedSchema, type Me, meSchema } from "../../core/company.ts";
import { API } from "./addresses.ts";
import { freshPassword } from "./password.ts";
import { type DeliveryOptions, signedRequest } from "./signing.ts";

export interface TestCompany extends CompanyCreated {
  /** Sends one webhook request, signed unless told otherwise. */
  post(payload: unknown, options?: DeliveryOptions): Promise<Response>;
}

export interface TestTenant {
  me: Me;
  email: string;
  password: string;
  /** `name=value` of the session cookie. */
  cookie: string;
  /** Calls the API as the tenant's admin; a plain object as `json` becomes the body. */
  api(path: string, init?: RequestInit & { json?: unknown }): Promise<Response>;
  company: TestCompany;
  createCompany(name: string, timeZone?: string): Promise<TestCompany>;
}

/** Random, so that limits per source address do not couple tests. */
const randomAddress = (): string => {
  const [a, b, c] = crypto.getRandomValues(new Uint8Array(3));
  return `10.${a}.${b}.${c}`;
};

const expectStatus = async (response: Response, status: number, what: string): Promise<void> => {
  if (response.status !== status) {
    throw new Error(`${what}: ${response.status} instead of ${status}: ${await response.text()}`);
  }
};

/** A new MSP with an admin and one company, all through the public API. */
export async function freshTenant(name = "Test MSP"): Promise<TestTenant> {
  const address = randomAddress();
  const email = `admin-${crypto.randomUUID()}@example.com`;
  const password = freshPassword();
  const signup = await SELF.fetch(`${API}/api/auth/signup`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: API, "cf-connecting-ip": address },
    body: JSON.stringify({ msp_name: name, name: "Test Admin", email, password }),
  });
  await expectStatus(signup, 201, "sign-up");
  const cookie = (signup.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const me = meSchema.parse(await signup.json());

  const api: TestTenant["api"] = (path, init = {}) => {
    const { json, ...rest } = init;
    const headers = new Headers(rest.headers);
    headers.set("cookie", cookie);
    headers.set("origin", API);
    headers.set("cf-connecting-ip", address);
    if (json !== undefined) headers.set("content-type", "application/json");
    const body = json === undefined ? rest.body : JSON.stringify(json);
    return SELF.fetch(new URL(path, API).href, { ...rest, headers, body });
  };

  const createCompany: TestTenant["createCompany"] = async (companyName, timeZone = "UTC") => {
    const response = await api("/api/companies", {
      method: "POST",
      json: { name: companyName, time_zone: timeZone },
    });
    await expectStatus(response, 201, "create company");
    const created = companyCreatedSchema.parse(await response.json());
    return {
      ...created,
      post: async (payload, options) => SELF.fetch(await signedRequest(created, payload, options)),
    };
  };

  return { me, email, password, cookie, api, createCompany, company: await createCompany("Test Company") };
}

/** However many new alerts come to the tenant's first company, each is treated as on any other day. */
export async function neverStorm(tenant: TestTenant): Promise<void> {
  const path = `/api/companies/${tenant.company.company.id}/correlation`;
  const settings = await (await tenant.api(path)).json<Record<string, unknown>>();
  const json = { ...settings, storm_alerts_per_minute: 1_000_000 };
  await expectStatus(await tenant.api(path, { method: "PUT", json }), 200, "correlation settings");
}
