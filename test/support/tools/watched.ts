import { expect } from "vitest";
import type { ApiClient } from "../../../dev/lib/api-client.ts";
import { eventually } from "../eventually.ts";
import type { TestInstance } from "../instance.ts";

export interface SeenAlert {
  id: string;
  incident_id: string | null;
  asset_name: string;
  raw_signature: string;
  signature: string;
  severity: string;
  status: string;
  message: string;
  tool_source: string;
  count: number;
  links: { label: string; url: string }[];
  suppressed_by: string | null;
}

interface SeenIncident {
  id: string;
  title: string;
  status: string;
}

/** What the API says of one company while a tool reports to it. */
export class Watched {
  private readonly api: ApiClient;
  private readonly company: string;

  private constructor(api: ApiClient, company: string) {
    this.api = api;
    this.company = company;
  }

  /** Signs in; incidents close soon after the last recovery. */
  static async at(instance: TestInstance): Promise<Watched> {
    const api = await instance.signIn();
    const path = `/api/companies/${instance.company.id}/correlation`;
    const settings = await api.json<Record<string, unknown>>("GET", path);
    await api.json("PUT", path, { ...settings, resolve_delay_minutes: 0.03 });
    return new Watched(api, instance.company.id);
  }

  async alerts(): Promise<SeenAlert[]> {
    const path = `/api/alerts?company_id=${this.company}&limit=100`;
    return (await this.api.json<{ items: SeenAlert[] }>("GET", path)).items;
  }

  async incident(id: string | null): Promise<SeenIncident> {
    return await this.api.json<SeenIncident>("GET", `/api/incidents/${id}`);
  }

  /** All that its timeline says, as one text. */
  async story(id: string | null): Promise<string> {
    return JSON.stringify(await this.api.json("GET", `/api/incidents/${id}/timeline`));
  }

  /** Waits for the one alert with this raw signature to be as told. */
  async untilAlert(rawSignature: string, wanted: Partial<SeenAlert>): Promise<SeenAlert> {
    return await eventually(async () => {
      const found = (await this.alerts()).filter((alert) => alert.raw_signature === rawSignature);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject(wanted);
      return found[0] as SeenAlert;
    }, 30_000);
  }

  async untilIncident(id: string | null, status: string): Promise<SeenIncident> {
    return await eventually(async () => {
      const incident = await this.incident(id);
      expect(incident.status).toBe(status);
      return incident;
    }, 30_000);
  }
}
