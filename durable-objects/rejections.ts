import type { CompanyEvent } from "../core/events.ts";
import { REJECTIONS_KEPT, type Rejection } from "../core/rejection.ts";
import { readMeta, writeMeta } from "./meta.ts";

const REASONS_MAX = 40;
/** Live listeners are told of a refusal at most this often. */
const TELL_EVERY_MS = 2000;

/** What the edge reports of one kind of refusal; `at` in epoch ms. */
export interface RefusedDelivery {
  reason: string;
  tool: string;
  detail: string;
  source_ip: string | null;
  clock_skew_seconds?: number;
  at: number;
  count: number;
}

interface Tally {
  count: number;
  last_at: number;
  last_detail: string;
}

const clip = (text: string, max: number) => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** The newest refused deliveries, kept in one row, and how many there were since this life began. */
export class Rejections {
  readonly tallies = new Map<string, Tally>();
  private items: Rejection[];
  private sql: SqlStorage;
  private unwritten = false;
  private toldAt = 0;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    const kept = readMeta(sql, "rejections");
    this.items = kept ? (JSON.parse(kept) as Rejection[]) : [];
  }

  /** Into memory; `write` brings it to the disk. */
  note(refused: RefusedDelivery): void {
    const { reason, at, count } = refused;
    const detail = clip(refused.detail, 600);
    const before = this.tallies.get(reason);
    if (!before && this.tallies.size >= REASONS_MAX) this.tallies.clear();
    this.tallies.set(reason, {
      count: (before?.count ?? 0) + count,
      last_at: Math.max(at, before?.last_at ?? 0),
      last_detail: clip(detail, 300),
    });
    const { clock_skew_seconds, source_ip } = refused;
    this.items.unshift({
      at: new Date(at).toISOString(),
      reason,
      tool: clip(refused.tool, 40),
      detail,
      ...(clock_skew_seconds !== undefined && { clock_skew_seconds }),
      source_ip: source_ip && clip(source_ip, 64),
      count,
    });
    this.items.length = Math.min(this.items.length, REJECTIONS_KEPT);
    this.unwritten = true;
  }

  /** One that comes with every request of a flood: counted onto the one before, if that is younger than a minute. */
  noteRepeated(refused: RefusedDelivery): void {
    const [newest] = this.items;
    const same = newest?.reason === refused.reason && refused.at - Date.parse(newest.at) < 60_000;
    if (!newest || !same) {
      this.note(refused);
      return;
    }
    newest.count += refused.count;
    const tally = this.tallies.get(refused.reason);
    if (tally) Object.assign(tally, { count: tally.count + refused.count, last_at: refused.at });
    this.unwritten = true;
  }

  /** One row, where there is anything new. */
  write(): void {
    if (!this.unwritten) return;
    writeMeta(this.sql, "rejections", JSON.stringify(this.items));
    this.unwritten = false;
  }

  /** Newest first. */
  list(): Rejection[] {
    return this.items;
  }

  /** The newest, as live listeners are told it; none where they were told one a moment ago. */
  news(now: number): CompanyEvent[] {
    const [newest] = this.items;
    if (!newest || now - this.toldAt < TELL_EVERY_MS) return [];
    this.toldAt = now;
    return [{ type: "delivery_rejected", data: newest }];
  }

  /** Drops those of before `cutoff`, epoch ms. */
  prune(cutoff: number): void {
    const kept = this.items.filter((item) => Date.parse(item.at) >= cutoff);
    if (kept.length === this.items.length) return;
    this.items = kept;
    this.unwritten = true;
    this.write();
  }
}
