import type { AuditEntry } from "./audit.ts";

/** The link of nothing before: where every MSP's chain begins. */
export const GENESIS = "0".repeat(64);

/** Lower-case hex SHA-256 of the UTF-8 bytes. */
export type Sha256 = (text: string) => string;

/** An entry of the log as the chain sees it: its payload is known by its hash alone. */
export interface Unlinked {
  id: string;
  /** Epoch ms. */
  at: number;
  payload_hash: string;
}

export interface Link extends Unlinked {
  /** 1 and up, without a gap, per MSP. */
  seq: number;
  prev_hash: string;
  hash: string;
}

export type ChainHead = Pick<Link, "seq" | "hash">;

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS };

/** SHA-256 over `prev_hash|seq|id|at|payload_hash`; none of the parts can hold a bar. */
export function linkHash(link: Omit<Link, "hash">, sha256: Sha256): string {
  return sha256([link.prev_hash, link.seq, link.id, link.at, link.payload_hash].join("|"));
}

/** Numbers entries in the given order after `head`. */
export function linkAll(head: ChainHead, entries: readonly Unlinked[], sha256: Sha256): Link[] {
  let { seq, hash } = head;
  return entries.map(({ id, at, payload_hash }) => {
    seq += 1;
    const link = { id, at, payload_hash, seq, prev_hash: hash };
    hash = linkHash(link, sha256);
    return { ...link, hash };
  });
}

/** A row of the log as it is stored. */
export interface StoredEntry {
  id: string;
  at: number;
  seq: number;
  payload_hash: string;
  prev_hash: string | null;
  hash: string | null;
  /** JSON of the whole entry; null once erased. */
  payload: string | null;
  /** What lists and filters read, which the payload says as well. */
  columns: {
    msp_id: string;
    company_id: string | null;
    action: string;
    actor_id: string | null;
    actor_name: string;
    target_type: string;
    target_id: string;
  };
}

/** What the payload says of itself, or null where it is no entry at all. */
function readPayload(payload: string): Record<string, unknown> | null {
  try {
    const said = JSON.parse(payload) as AuditEntry;
    const { id, at, msp_id, company_id, action, actor, target } = said;
    const listed = { actor_id: actor.id, actor_name: actor.name };
    return { id, at, msp_id, company_id, action, ...listed, target_type: target.type, target_id: target.id };
  } catch {
    return null;
  }
}

function columnsMatch(row: StoredEntry, payload: string): boolean {
  const said = readPayload(payload);
  const stored = { id: row.id, at: row.at, ...row.columns };
  return said !== null && Object.entries(stored).every(([name, value]) => said[name] === value);
}

/** What is wrong with the entry that follows `head` in the log, as a sentence, or null. */
export function entryFault(head: ChainHead, row: StoredEntry, sha256: Sha256): string | null {
  if (row.seq !== head.seq + 1) return "An entry is missing here.";
  if (row.payload !== null) {
    if (sha256(row.payload) !== row.payload_hash) return "The entry's content was changed.";
    if (!columnsMatch(row, row.payload)) return "The entry's listed fields are not those of its content.";
  }
  if (row.prev_hash !== head.hash) return "The entry does not link to the one before it.";
  if (row.hash !== linkHash({ ...row, prev_hash: head.hash }, sha256))
    return "The entry's own hash does not fit what it says.";
  return null;
}
