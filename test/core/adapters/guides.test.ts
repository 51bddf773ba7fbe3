import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { integrationOf, integrationSchema } from "../../../core/adapters/guide.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { UNSIGNED_TOOLS } from "../../../core/settings.ts";
import { adapted, keyOf } from "../../support/adapted.ts";

const GUIDES = [...ADAPTERS.values()].map((adapter) =>
  integrationOf(adapter, "https://alerts.example", "Example GmbH"),
);

describe.each(GUIDES)("the guide of $tool", (guide) => {
  it("says what to do, is filled in, and links to the tool's documentation", () => {
    expect(integrationSchema.parse(guide)).toEqual(guide);
    expect(guide.steps.length).toBeGreaterThan(0);
    expect(guide.docs).toMatch(/^https:\/\//);
    expect(`${guide.about} ${guide.versions}`.length).toBeGreaterThan(20);
    const texts = [
      ...guide.steps,
      ...guide.templates.map(({ text }) => text),
      ...guide.files.map(({ path }) => path),
    ];
    expect(texts.join("\n")).not.toMatch(/\{(?:webhook_url|api_key|hmac_secret|base_url|company)\}/);
  });

  it("has a label for each template, and the address somewhere", () => {
    const labels = guide.templates.map(({ where }) => where);
    expect(new Set(labels).size).toBe(labels.length);
    expect(new Set(guide.steps).size).toBe(guide.steps.length);
  });

  it("has templates that read as what they claim to be", () => {
    for (const { language, text } of guide.templates) {
      if (language === "json") expect(() => JSON.parse(text)).not.toThrow();
      if (language === "yaml") expect(parseYaml(text)).toBeTypeOf("object");
    }
  });
});

it("is of another name for each tool", () => {
  expect(new Set(GUIDES.map(({ label }) => label)).size).toBe(GUIDES.length);
});

it("calls the key alone weaker wherever the security settings let a tool go unsigned", () => {
  for (const { tool, signs } of GUIDES)
    if (signs === "key_only") expect(UNSIGNED_TOOLS as readonly string[]).toContain(tool);
});

const templateOf = (tool: string, at = 0): string => {
  const text = ADAPTERS.get(tool)?.guide.templates[at]?.text;
  if (!text) throw new Error(`${tool} has no template ${at}`);
  return text;
};

/** The value at "a.b.[0]" of nested data. */
function valueAt(data: unknown, path: string): unknown {
  return path
    .split(".")
    .map((part) => part.replace(/^\[|\]$/g, ""))
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], data);
}

describe("Datadog's template", () => {
  const render = (values: Record<string, string>) =>
    JSON.parse(
      templateOf("datadog").replace(/\$[A-Z_]+/g, (name) =>
        JSON.stringify(values[name.slice(1)] ?? "").slice(1, -1),
      ),
    ) as unknown;
  const VALUES = {
    ID: "1",
    EVENT_TITLE: '[Triggered on {host:web-1}] Disk "/" full',
    TEXT_ONLY_MSG: "Only 2 %\nleft",
    EVENT_TYPE: "query_alert_monitor",
    ALERT_ID: "77",
    ALERT_TRANSITION: "Triggered",
    ALERT_PRIORITY: "P1",
    ALERT_TYPE: "error",
    ALERT_SCOPE: "host:web-1",
    AGGREG_KEY: "abc",
    HOSTNAME: "web-1",
    TAGS: "host:web-1,monitor",
    LINK: "https://app.datadoghq.eu/event/1",
    ORG_ID: "5",
    DATE: "1767603600000",
  };

  it("renders to JSON that is understood, firing and recovered as one", () => {
    const [firing] = adapted("datadog", render(VALUES));
    const over = {
      ...VALUES,
      ID: "2",
      ALERT_TRANSITION: "Recovered",
      ALERT_TYPE: "success",
      EVENT_TITLE: '[Recovered on {host:web-1}] Disk "/" full',
    };
    const [resolved] = adapted("datadog", render(over));
    expect(firing).toMatchObject({
      status: "firing",
      asset_name: "web-1",
      signature: 'Disk "/" full',
      severity: "critical",
      flags: [],
    });
    expect(resolved).toMatchObject({ status: "resolved", flags: [] });
    expect(firing && resolved && keyOf(firing) === keyOf(resolved)).toBe(true);
  });
});

describe("Dynatrace's template", () => {
  const render = (values: Record<string, string>) =>
    JSON.parse(
      templateOf("dynatrace").replace(/\{([A-Za-z]+)\}/g, (all, name: string) => values[name] ?? all),
    ) as unknown;
  const VALUES = {
    State: "OPEN",
    PID: "12_34V2",
    ProblemID: "P-7",
    ProblemTitle: "CPU saturation",
    ProblemSeverity: "RESOURCE_CONTENTION",
    ProblemImpact: "INFRASTRUCTURE",
    ProblemURL: "https://x.live.dynatrace.com/#problems",
    Tags: "env:prod, shop",
    NamesOfImpactedEntities: "web-1",
    ImpactedEntities: '[{"type":"HOST","name":"web-1","entity":"HOST-1"}]',
    ProblemDetailsJSON: '{"id":"12_34V2","startTime":1767603600000,"endTime":-1}',
  };

  it("renders to JSON that is understood, open and resolved as one", () => {
    const [open] = adapted("dynatrace", render(VALUES));
    const [over] = adapted("dynatrace", render({ ...VALUES, State: "RESOLVED" }));
    expect(open).toMatchObject({
      status: "firing",
      asset_name: "web-1",
      signature: "CPU saturation",
      flags: [],
    });
    expect(over).toMatchObject({ status: "resolved", flags: [] });
    expect(open && over && keyOf(open) === keyOf(over)).toBe(true);
  });

  it("is JSON, and a test, where only some of it was filled in", () => {
    const { PID: _, Tags: __, ...some } = VALUES;
    expect(adapted("dynatrace", render(some))[0]).toMatchObject({ test: true });
  });
});

describe("New Relic's template", () => {
  /** Of Handlebars what the template uses: a name that is not there renders as nothing. */
  const render = (data: unknown) =>
    JSON.parse(
      templateOf("newrelic")
        .replace(/\{\{#if ([\w.]+)\}\}([\s\S]*?)\{\{\/if\}\}/g, (_, path: string, inner: string) =>
          valueAt(data, path) ? inner : "",
        )
        .replace(/\{\{ (json )?([\w.[\]]+) \}\}/g, (_, json: string | undefined, path: string) => {
          const value = valueAt(data, path);
          return json ? (JSON.stringify(value) ?? "") : String(value ?? "");
        }),
    ) as unknown;
  const ISSUE = {
    issueId: "i-1",
    issuePageUrl: "https://radar-api.service.newrelic.com/accounts/1/issues/i-1",
    annotations: { title: ['CPU of "web-1" above 90 %'], description: ["The\nwhole story"] },
    priority: "HIGH",
    state: "ACTIVATED",
    triggerEvent: "STATE_CHANGE",
    entitiesData: { names: ["web-1"] },
    accumulations: { conditionName: ["High CPU"], policyName: ["Hosts"] },
    isCorrelated: false,
    createdAt: 1_767_603_600_000,
    updatedAt: 1_767_603_600_000,
    workflowName: "w",
  };

  it("renders to JSON that is understood, active and closed as one", () => {
    const [active] = adapted("newrelic", render(ISSUE));
    const [closed] = adapted("newrelic", render({ ...ISSUE, state: "CLOSED", updatedAt: 1_767_604_000_000 }));
    expect(active).toMatchObject({
      status: "firing",
      asset_name: "web-1",
      signature: "High CPU",
      severity: "high",
      flags: [],
    });
    expect(closed).toMatchObject({ status: "resolved", event_time: 1_767_604_000_000 });
    expect(active && closed && keyOf(active) === keyOf(closed)).toBe(true);
  });
});

describe("Elastic's templates", () => {
  /** As Kibana does it: what is not there is empty, and what is there is escaped for JSON. */
  const render = (at: number, data: unknown) =>
    JSON.parse(
      templateOf("elastic", at).replace(/\{\{([\w.]+)\}\}/g, (_, path: string) =>
        JSON.stringify(String(valueAt(data, path) ?? "")).slice(1, -1),
      ),
    ) as unknown;

  it("of Kibana render to JSON that is understood, active and recovered as one", () => {
    const rule = {
      id: "r1",
      name: 'CPU "high"',
      type: "metrics.alert.threshold",
      spaceId: "default",
      tags: "severity:high",
    };
    const context = { reason: "CPU is 91%\non web-1", host: { name: "web-1" }, group: "web-1" };
    const data = {
      rule,
      context,
      date: "2026-01-05T09:00:00Z",
      alert: { id: "web-1", uuid: "u1", actionGroup: "metrics.threshold.fired" },
    };
    const [active] = adapted("elastic", render(0, data));
    const [over] = adapted(
      "elastic",
      render(0, { rule, date: "2026-01-05T09:09:00Z", alert: { ...data.alert, actionGroup: "recovered" } }),
    );
    expect(active).toMatchObject({
      status: "firing",
      asset_name: "web-1",
      signature: 'CPU "high"',
      severity: "high",
      flags: [],
    });
    expect(over?.status).toBe("resolved");
    expect(active && over && keyOf(active) === keyOf(over)).toBe(true);
  });

  it("of Watcher render to JSON that is understood", () => {
    const ctx = {
      watch_id: "w1",
      metadata: { name: "Logins", host: "dc-1", severity: "high" },
      payload: { hits: { total: 9 } },
      trigger: { triggered_time: "2026-01-05T09:00:00Z" },
    };
    expect(adapted("elastic", render(1, { ctx }))[0]).toMatchObject({
      status: "firing",
      asset_name: "dc-1",
      severity: "high",
      message: "9 hits",
    });
  });
});
