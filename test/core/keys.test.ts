import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../core/alert.ts";
import { aggregationKey, dedupKey, type KeyParts, readableKey } from "../../core/keys.ts";
import { alertOf } from "../support/alert.ts";
import { nasty, nastyName } from "../support/arbitrary.ts";

const A = "co_aaaaaaaaaaaaaaaa";
const B = "co_bbbbbbbbbbbbbbbb";
const STRATEGIES = ["asset|signature", "asset|signature|tool", "signature", "asset"] as const;

const key = (alert: Partial<NormalizedAlert>, company = A) => dedupKey(company, alertOf(alert)).key;

/** What tells an alert apart, by each of the three rules. */
const identified = fc.oneof(
  fc.record({ tool_source: nastyName, caller_key: nastyName }),
  fc.record({
    tool_source: nastyName,
    identity: fc.uniqueArray(fc.tuple(nasty, nasty), {
      minLength: 1,
      maxLength: 5,
      selector: ([name]) => name,
    }),
  }),
  fc.record({ tool_source: nastyName, asset_name: nastyName, signature: nastyName }),
  fc.record({ tool_source: nastyName, asset_id: nastyName, signature: nastyName }),
);
/** What must not. */
const passing = fc.record({
  message: nasty,
  severity: fc.constantFrom("critical", "high", "medium", "low"),
  event_time: fc.option(fc.nat()),
  status: fc.constantFrom("firing", "resolved"),
  category: fc.constantFrom(null, "Network", "Cloud"),
  tags: fc.array(fc.tuple(nasty, nasty), { maxLength: 3 }),
  flags: fc.array(nasty, { maxLength: 2 }),
}) satisfies fc.Arbitrary<Partial<NormalizedAlert>>;

describe("the key of an alert", () => {
  it("is the sender's own, byte-exact, else the source's identity, else asset and check", () => {
    expect(dedupKey(A, alertOf({ caller_key: " K" }))).toEqual({
      key: `${A}|test|key| K`,
      rule: "dedup.caller_key",
    });
    expect(key({ caller_key: "k" })).not.toBe(key({ caller_key: "K" }));
    expect(
      dedupKey(
        A,
        alertOf({
          identity: [
            ["b", "2"],
            ["a", "1"],
          ],
        }),
      ),
    ).toEqual({
      key: `${A}|test|id|a|1|b|2`,
      rule: "dedup.source_identity",
    });
    expect(dedupKey(A, alertOf())).toEqual({
      key: `${A}|test|check|web-01|high_cpu_usage`,
      rule: "dedup.asset_check",
    });
  });

  it("takes spellings of one host as one", () => {
    for (const asset_name of ["WEB-01", "web-01:9100", " web-01. "])
      expect(key({ asset_name })).toBe(key({}));
    expect(key({ signature: "Gr\u00f6\u00dfe" })).toBe(key({ signature: "Gro\u0308\u00dfe" }));
  });

  it("ignores severity, time, message, state and tags", () => {
    fc.assert(
      fc.property(identified, passing, passing, (same, one, other) => {
        expect(key({ ...one, ...same })).toBe(key({ ...other, ...same }));
      }),
    );
  });

  it("ignores the order in which the source names its labels", () => {
    const labels = fc.uniqueArray(fc.tuple(nasty, nasty), { maxLength: 6, selector: ([name]) => name });
    fc.assert(
      fc.property(
        labels.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([identity, shuffled]) => {
          expect(key({ identity })).toBe(key({ identity: shuffled }));
        },
      ),
    );
  });

  it("is another one for another asset, check, source or company", () => {
    const one = { asset_name: "web-01", signature: "disk_full", tool_source: "zabbix" };
    const keys = [
      key(one),
      key({ ...one, asset_name: "web-02" }),
      key({ ...one, signature: "high_load" }),
      key({ ...one, tool_source: "nagios" }),
      key({ ...one, asset_id: "i-1" }),
      key(one, B),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("differs wherever what tells alerts apart differs, whatever the names are made of", () => {
    const parts = (a: Partial<NormalizedAlert>) => {
      const tool = a.tool_source?.toLowerCase();
      if (a.caller_key !== undefined) return ["key", tool, a.caller_key];
      if (a.identity) return ["id", tool, ...[...a.identity].sort(([x], [y]) => (x < y ? -1 : 1)).flat()];
      return null;
    };
    fc.assert(
      fc.property(identified, identified, (one, other) => {
        const [first, second] = [parts(one), parts(other)];
        fc.pre(first !== null && second !== null);
        expect(key(one) === key(other)).toBe(JSON.stringify(first) === JSON.stringify(second));
      }),
      { numRuns: 1000 },
    );
  });

  it("of one source is never that of another, even if its name is made to look so", () => {
    const labels: [string, string][] = [
      ["alertname", "x"],
      ["host", "check"],
      ["zone", "high_cpu_usage"],
    ];
    const real = key({ tool_source: "alertmanager", identity: labels });
    const forged = {
      tool_source: "alertmanager|id|alertname|x|host",
      asset_name: "zone",
      signature: "high_cpu_usage",
    };
    expect(key(forged)).not.toBe(real);
    expect(key({ tool_source: "a|key|b", caller_key: "c" })).not.toBe(
      key({ tool_source: "a", caller_key: "b|key|c" }),
    );
    const split = key({
      identity: [
        ["a\\", "b\\"],
        ["c", "d"],
      ],
    });
    expect(key({ identity: [["a|b|c", "d"]] })).not.toBe(split);
    const long = "x".repeat(500);
    const hashed = key({ caller_key: long }).split("|").at(-1) ?? "";
    expect(key({ caller_key: hashed })).not.toBe(key({ caller_key: long }));
  });

  it("is bounded, and long ones that differ late still differ", () => {
    const long = "x".repeat(4000);
    expect(key({ caller_key: long }).length).toBeLessThan(400);
    expect(key({ caller_key: `${long}1` })).not.toBe(key({ caller_key: `${long}2` }));
  });
});

describe("the key of a group", () => {
  const of = (strategy: (typeof STRATEGIES)[number], parts: Partial<KeyParts> = {}, company = A) =>
    aggregationKey(company, strategy, { asset: "web-01", signature: "disk_full", tool: "zabbix", ...parts });

  it("holds what its strategy names", () => {
    expect(STRATEGIES.map((s) => of(s))).toEqual([
      { key: `${A}|asset|signature|web-01|disk_full` },
      { key: `${A}|asset|signature|tool|web-01|disk_full|zabbix` },
      { key: `${A}|signature|disk_full` },
      { key: `${A}|asset|web-01` },
    ]);
  });

  it("does not exist where a part of it is missing", () => {
    for (const asset of ["", "unknown", "None", "n/a"]) {
      expect(of("asset|signature", { asset })).toMatchObject({ missing: { evidence: { field: "asset" } } });
      expect(of("signature", { asset })).toHaveProperty("key");
    }
    expect(of("signature", { signature: "unknown" })).toMatchObject({
      missing: { evidence: { field: "signature" } },
    });
  });

  it("differs wherever a part or the strategy differs, whatever the parts are made of", () => {
    const parts = fc.record({ asset: nastyName, signature: nastyName, tool: nastyName });
    const named = {
      "asset|signature": ["asset", "signature"],
      signature: ["signature"],
      asset: ["asset"],
    } as const;
    const strategy = fc.constantFrom("asset|signature", "signature", "asset" as const);
    fc.assert(
      fc.property(strategy, strategy, parts, parts, (s1, s2, p1, p2) => {
        const [one, other] = [of(s1, p1), of(s2, p2)];
        fc.pre("key" in one && "key" in other);
        const same = s1 === s2 && named[s1].every((name) => p1[name] === p2[name]);
        expect(one.key === other.key).toBe(same);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("two companies", () => {
  const company = fc.stringMatching(/^co_[0-9a-z]{16}$/);

  it("never share a key, whatever their tools send", () => {
    fc.assert(
      fc.property(company, company, identified, identified, passing, (one, other, a, b, more) => {
        fc.pre(one !== other);
        expect(key({ ...more, ...a }, one)).not.toBe(key({ ...more, ...b }, other));
        expect(key(a, one)).not.toBe(key(a, other));
        expect(key(a, one).startsWith(`${one}|`)).toBe(true);
      }),
    );
  });

  it("never share a group", () => {
    const parts = fc.record({ asset: nastyName, signature: nastyName, tool: nastyName });
    fc.assert(
      fc.property(
        company,
        company,
        fc.constantFrom(...STRATEGIES),
        parts,
        parts,
        (one, other, strategy, p, q) => {
          fc.pre(one !== other);
          const [a, b] = [aggregationKey(one, strategy, p), aggregationKey(other, strategy, q)];
          if ("key" in a && "key" in b) expect(a.key).not.toBe(b.key);
        },
      ),
    );
  });

  it("have their own name taken out before people see a key", () => {
    expect(readableKey(A, key({}))).toBe("test|check|web-01|high_cpu_usage");
    expect(readableKey(B, key({}))).toBe(key({}));
  });
});
