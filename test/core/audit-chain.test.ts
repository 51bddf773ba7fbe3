import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  EMPTY_CHAIN,
  entryFault,
  GENESIS,
  linkAll,
  linkHash,
  type StoredEntry,
} from "../../core/audit-chain.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function stored(n: number): StoredEntry {
  const columns = {
    msp_id: "msp_a",
    company_id: null,
    action: "company.settings_changed",
    actor_id: "us_1",
    actor_name: "Ada",
    target_type: "company",
    target_id: "co_1",
  };
  const payload = JSON.stringify({
    id: `au_${n}`,
    msp_id: "msp_a",
    company_id: null,
    at: 1000 + n,
    action: columns.action,
    actor: { id: "us_1", name: "Ada" },
    target: { type: "company", id: "co_1" },
  });
  return {
    id: `au_${n}`,
    at: 1000 + n,
    seq: 0,
    payload,
    payload_hash: sha256(payload),
    prev_hash: null,
    hash: null,
    columns,
  };
}

function chained(count: number): StoredEntry[] {
  const rows = Array.from({ length: count }, (_, i) => stored(i + 1));
  return linkAll(EMPTY_CHAIN, rows, sha256).map((link, i) => ({ ...(rows[i] as StoredEntry), ...link }));
}

/** The number at which the log is found broken, with the reason; null where it is whole. */
function fault(rows: StoredEntry[]) {
  let head = EMPTY_CHAIN;
  for (const row of rows) {
    const reason = entryFault(head, row, sha256);
    if (reason) return [head.seq + 1, reason];
    head = { seq: row.seq, hash: row.hash ?? "" };
  }
  return null;
}

describe("the chain of the audit log", () => {
  it("hashes prev_hash, seq, id, at and payload_hash, a bar between each", () => {
    const link = { prev_hash: GENESIS, seq: 1, id: "au_1", at: 5, payload_hash: "ff" };
    expect(linkHash(link, (text) => text)).toBe(`${GENESIS}|1|au_1|5|ff`);
  });

  it("numbers from one, each on the one before, and goes on where it stopped", () => {
    const rows = [stored(1), stored(2), stored(3)];
    const whole = linkAll(EMPTY_CHAIN, rows, sha256);
    expect(whole.map((link) => link.seq)).toEqual([1, 2, 3]);
    expect(whole.map((link) => link.prev_hash)).toEqual([GENESIS, whole[0]?.hash, whole[1]?.hash]);
    const first = linkAll(EMPTY_CHAIN, rows.slice(0, 1), sha256);
    expect([...first, ...linkAll(first[0] ?? EMPTY_CHAIN, rows.slice(1), sha256)]).toEqual(whole);
  });

  it("is whole, with an erased payload as well", () => {
    const rows = chained(3);
    expect(fault(rows)).toBeNull();
    expect(fault(rows.map((row) => ({ ...row, payload: null })))).toBeNull();
  });

  it.each<[string, (rows: StoredEntry[]) => void, number]>([
    ["a changed payload", (rows) => edit(rows, 1, { payload: "{}" }), 2],
    [
      "a changed payload with its hash",
      (rows) => edit(rows, 1, { payload: "{}", payload_hash: sha256("{}") }),
      2,
    ],
    ["a changed column", (rows) => edit(rows, 1, { columns: { ...stored(1).columns, action: "x" } }), 2],
    ["a changed time of an erased entry", (rows) => edit(rows, 1, { at: 1, payload: null }), 2],
    ["a missing row", (rows) => rows.splice(1, 1), 2],
    ["two swapped", (rows) => rows.splice(0, 2, { ...rows[1]!, seq: 1 }, { ...rows[0]!, seq: 2 }), 1],
    ["a forged hash", (rows) => edit(rows, 1, { hash: "0".repeat(64) }), 2],
    ["a forged link", (rows) => edit(rows, 1, { prev_hash: "0".repeat(64) }), 2],
  ])("finds %s", (_, tamper, seq) => {
    const rows = chained(3);
    tamper(rows);
    expect(fault(rows)?.[0]).toBe(seq);
  });
});

function edit(rows: StoredEntry[], at: number, change: Partial<StoredEntry>): void {
  rows[at] = { ...rows[at]!, ...change };
}
