import { describe, expect, it } from "vitest";
import type { AlertState } from "../../../core/engine/state.ts";
import { learn } from "../../../core/learning/lessons.ts";
import { PAIRS_MAX, PairBook, SEEN_MAX } from "../../../core/learning/pairs.ts";
import { proposals } from "../../../core/learning/propose.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const NONE = new Set<string>();

function came(book: PairBook, at: number, signature: string, more: Record<string, unknown> = {}): void {
  book.note({
    signature,
    asset: "nas-01",
    category: "Storage",
    tool: "zabbix",
    incident: null,
    at,
    ...more,
  });
}

/** disk_full and backup_failed, once a day for so many days, each its own incident. */
function nights(n: number, more: Record<string, unknown> = {}): PairBook {
  const book = new PairBook();
  for (let day = 0; day < n; day++) {
    came(book, day * DAY, "disk_full");
    came(book, day * DAY + MINUTE, "backup_failed", { asset: `web-0${day % 3}`, ...more });
  }
  return book;
}

describe("what came together", () => {
  it("is proposed once it has come often, with its evidence and a rule", () => {
    expect(proposals(nights(3), NONE)).toEqual([]);
    const [found] = proposals(nights(8), NONE);
    expect(found?.text).toBe(
      "backup_failed on web-00, web-01, web-02 and disk_full on nas-01 came together 7 of 7 times: group them.",
    );
    expect(found?.rule).toMatchObject({
      when: { op: "in", field: "signature", values: ["backup_failed", "disk_full"] },
      actions: { group_by: ["category"] },
    });
  });

  it("is grouped by asset where it was always one", () => {
    const [found] = proposals(nights(8, { asset: "nas-01" }), NONE);
    expect(found?.rule.actions).toEqual({ group_by: ["asset"] });
  });

  it("is not proposed where one of them mostly comes alone", () => {
    const book = nights(8);
    for (let i = 1; i < 12; i++) came(book, 8 * DAY + i * 60 * MINUTE, "disk_full");
    expect(proposals(book, NONE)).toEqual([]);
  });

  it("is not proposed where nothing in common could group it, nor what is one incident already", () => {
    expect(proposals(nights(8, { category: "Server", tool: "veeam" }), NONE)).toEqual([]);
    const book = new PairBook();
    for (let day = 0; day < 8; day++) {
      came(book, day * DAY, "disk_full", { incident: day });
      came(book, day * DAY + MINUTE, "backup_failed", { incident: day });
    }
    expect(proposals(book, NONE)).toEqual([]);
  });

  it("is not proposed again once it was answered", () => {
    const book = nights(8);
    const [found] = proposals(book, NONE);
    expect(proposals(book, new Set([found?.id ?? ""]))).toEqual([]);
  });

  it("fades", () => {
    const book = nights(8);
    came(book, 200 * DAY, "disk_full");
    came(book, 200 * DAY + MINUTE, "backup_failed");
    expect(proposals(book, NONE)).toEqual([]);
  });

  it("counts once in a storm", () => {
    const book = new PairBook();
    for (let i = 0; i < 400; i++) came(book, i * 500, i % 2 ? "disk_full" : "backup_failed");
    expect(proposals(book, NONE)).toEqual([]);
    expect([...book.pairs.values()][0]?.together).toBe(1);
  });

  it("stays bounded", () => {
    const book = new PairBook();
    for (let i = 0; i < 5000; i++) came(book, i * 1000, `check ${i}`);
    expect(book.pairs.size).toBeLessThanOrEqual(PAIRS_MAX);
    expect(book.seen.size).toBeLessThanOrEqual(SEEN_MAX);
  });
});

describe("what people said", () => {
  const alerts = ["disk_full", "backup_failed"].map(
    (signature, i) => ({ seq: i + 1, signature }) as AlertState,
  );
  const known = {
    members: () => alerts,
    alertsOf: (seqs: number[]) => alerts.filter(({ seq }) => seqs.includes(seq)),
  };
  const say = (book: PairBook, kind: "merged" | "split" | "unmerged" | "bad", at = DAY) =>
    learn(book, { kind, incident: 1, alerts: kind === "bad" ? [] : [2], at }, known);

  it("weighs more than counts: merged twice, it is proposed", () => {
    const book = nights(1);
    say(book, "merged");
    expect(proposals(book, NONE)).toEqual([]);
    say(book, "merged");
    expect(proposals(book, NONE)[0]?.text).toContain("merged by hand twice");
    say(book, "unmerged");
    expect(proposals(book, NONE)).toEqual([]);
  });

  it.each(["split", "bad"] as const)("keeps apart what they split: %s", (word) => {
    const book = nights(8);
    say(book, word);
    expect(proposals(book, NONE)).toEqual([]);
  });
});
