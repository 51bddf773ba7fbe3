import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AdapterItem } from "../../../core/adapters/adapter.ts";
import { generic, genericAlertSchema, plainAlert } from "../../../core/adapters/generic.ts";
import type { NormalizedAlert } from "../../../core/alert.ts";

const LEAST = {
  asset_name: "web-01",
  signature: "high_cpu_usage",
  severity: "high",
  message: "CPU at 97 %",
  tool_source: "prometheus",
};

function parse(body: unknown): AdapterItem[] {
  const result = generic.parse(body);
  if (!("items" in result)) throw new Error(result.detail);
  return result.items;
}

function one(more: Record<string, unknown> = {}): NormalizedAlert {
  const [item] = parse({ ...LEAST, ...more });
  if (!item || !("alert" in item)) throw new Error(JSON.stringify(item));
  return item.alert;
}

function wrong(body: unknown): Record<string, string> {
  const [item] = parse(body);
  if (!item || !("fields" in item)) throw new Error("it was understood");
  return item.fields;
}

describe("an alert of one's own making", () => {
  it("needs five fields, and fires", () => {
    expect(one()).toEqual({
      status: "firing",
      asset_name: "web-01",
      asset_id: null,
      signature: "high_cpu_usage",
      severity: "high",
      category: null,
      message: "CPU at 97 %",
      tool_source: "prometheus",
      caller_key: null,
      identity: null,
      variant: null,
      event_time: null,
      tags: [],
      links: [],
      flags: [],
      heartbeat: false,
    });
  });

  it("may say more", () => {
    const more = {
      status: "resolved",
      asset_id: " i-0abc ",
      category: "database",
      timestamp: "2026-01-05T09:00:00+01:00",
      dedup_key: " K|ey ",
      tags: { env: "prod", nested: { a: [1] }, n: 7, none: null },
      links: ["https://a.example", { label: "Runbook", url: "http://b.example" }],
    };
    expect(one(more)).toMatchObject({
      status: "resolved",
      asset_id: "i-0abc",
      category: "Database",
      event_time: Date.UTC(2026, 0, 5, 8),
      caller_key: " K|ey ",
      tags: [
        ["env", "prod"],
        ["nested", '{"a":[1]}'],
        ["n", "7"],
        ["none", ""],
      ],
      links: [
        { label: "https://a.example", url: "https://a.example" },
        { label: "Runbook", url: "http://b.example" },
      ],
    });
  });

  it("may be many", () => {
    const result = generic.parse([LEAST, { ...LEAST, severity: undefined }, 7, LEAST]);
    expect(result).toMatchObject({
      many: true,
      items: [{ alert: {} }, { fields: { severity: expect.any(String) } }, { fields: {} }, { alert: {} }],
    });
  });

  it("names every field that is missing or wrong", () => {
    expect(Object.keys(wrong({})).sort()).toEqual(Object.keys(LEAST).sort());
    expect(wrong({ ...LEAST, asset_name: "  " })).toEqual({ asset_name: "asset_name may not be empty" });
    expect(Object.keys(wrong({ ...LEAST, status: "broken", message: 7 })).sort()).toEqual([
      "message",
      "status",
    ]);
    expect(Object.keys(wrong({ ...LEAST, asset_name: "x".repeat(513) }))).toEqual(["asset_name"]);
    for (const body of [[7], [null], ["x"], [[[]]]]) expect(Object.keys(wrong(body))).toEqual(["body"]);
  });

  it("is told from what is none", () => {
    for (const body of [null, "text", 7, true, []])
      expect(generic.parse(body), JSON.stringify(body)).toMatchObject({
        fields: { body: expect.any(String) },
      });
  });

  it("is taken with an unknown severity, and flagged", () => {
    expect(one({ severity: "sideways" })).toMatchObject({ severity: "medium", flags: ["unknown_severity"] });
    expect(one({ severity: 3 })).toMatchObject({ severity: "medium", flags: ["unknown_severity"] });
    expect(one({ severity: "P1" })).toMatchObject({ severity: "critical", flags: [] });
  });
});

describe("its time", () => {
  it.each([
    [1_767_603_600, Date.UTC(2026, 0, 5, 9)],
    ["1767603600", Date.UTC(2026, 0, 5, 9)],
    [1_767_603_600_123, Date.UTC(2026, 0, 5, 9, 0, 0, 123)],
    [1_767_603_600_123_456, Date.UTC(2026, 0, 5, 9, 0, 0, 123)],
    ["2026-01-05T09:00:00Z", Date.UTC(2026, 0, 5, 9)],
  ])("%s", (timestamp, expected) => {
    expect(one({ timestamp })).toMatchObject({ event_time: expected, flags: [] });
  });

  it("is flagged where it cannot be read, and the alert is kept", () => {
    for (const timestamp of ["yesterday", "0001-01-01T00:00:00Z", -5, 0, 1e300, ""])
      expect(one({ timestamp }), String(timestamp)).toMatchObject({
        event_time: null,
        flags: ["unreadable_timestamp"],
      });
  });
});

describe("floods", () => {
  it("of text and tags are bounded", () => {
    const message = one({ message: `${"x".repeat(8191)}😀` });
    expect(message).toMatchObject({ flags: ["message_cut"], message: "x".repeat(8191) });
    const tags = one({
      tags: Object.fromEntries(
        Array.from({ length: 500 }, (_, i) => [`${i}${"k".repeat(999)}`, "v".repeat(9999)]),
      ),
    }).tags;
    expect(tags).toHaveLength(64);
    for (const [name, value] of tags) expect([name.length, value.length]).toEqual([200, 1024]);
    expect(one({ links: Array.from({ length: 99 }, () => "https://a.example") }).links).toHaveLength(10);
  });

  it("of nesting do not reach the stack", () => {
    const deep = JSON.parse(`{"tags":{"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`);
    expect(one(deep).tags).toEqual([["deep", "[too deep]"]]);
  });
});

describe("prototype keys", () => {
  it("are tags like any other", () => {
    const body = JSON.parse(`{"tags":{"__proto__":"a","constructor":"b","toString":{"x":1}}}`);
    expect(one(body).tags).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
      ["toString", '{"x":1}'],
    ]);
  });

  it("give nothing and change nothing where fields are looked for", () => {
    const inherited = JSON.parse(`{"__proto__":${JSON.stringify(LEAST)}}`);
    expect(Object.keys(wrong(inherited)).sort()).toEqual(Object.keys(LEAST).sort());
    expect(({} as Record<string, unknown>).asset_name).toBeUndefined();
  });
});

it("takes no link that runs", () => {
  const links = ["javascript:alert(1)", { url: "JAVASCRIPT:alert(1)" }, { url: 7 }, null, "ftp://x", "//x"];
  expect(one({ links }).links).toEqual([]);
});

describe("an alert that is right", () => {
  const word = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom(" x ", "", " ", "firing", "resolved", "high", "2026-01-05T09:00:00Z"),
    fc.integer({ min: 90, max: 5000 }).map((n) => "k".repeat(n)),
  );
  const any = fc.oneof(word, fc.double(), fc.constantFrom(null, undefined, true, [], {}));
  /** Mostly right, with one field or two of any kind. */
  const alert = fc
    .tuple(
      fc.dictionary(fc.constantFrom(...Object.keys(genericAlertSchema.shape), "more"), any, { maxKeys: 5 }),
      fc.boolean(),
    )
    .map(([odd, based]) => ({ ...(based ? LEAST : {}), ...odd }));

  it("is read without the schema exactly as with it, and never where the schema refuses", () => {
    fc.assert(
      fc.property(alert, (value) => {
        const read = genericAlertSchema.safeParse(value);
        const plain = plainAlert(value);
        if (!read.success) expect(plain).toBeNull();
        else expect(plain).toEqual(read.data);
      }),
      { numRuns: 3000 },
    );
  });
});
