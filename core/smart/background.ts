import { BOUNDS, SMART } from "./parameters.ts";

const MINUTE = 60_000;

/** One check of one asset: how often it comes anyway, and where it is. Times are epoch ms. */
export interface Check {
  asset: string;
  /** As its tool names it. */
  title: string;
  /** Alerts that no group explained, fading over the memory; as of `at`. */
  own: number;
  at: number;
  last: number;
  /** When its present activity began: its first alert after a silence. */
  began: number;
  /** Incident it is in, or was last. */
  group: number;
}

export type CheckRow = [string, string, number, number, number, number, number];

const forgotten = (ms: number) => Math.exp(-ms / MINUTE / SMART.memoryMinutes);

export function checkName(asset: string, title: string): string {
  return `${asset}\n${title}`;
}

/**
 * How often each check comes anyway, alerts per minute: what came unexplained, over the time watched, from a
 * prior on. Both fade, so that a month-old habit is no habit.
 */
export class Background {
  private readonly checks = new Map<string, Check>();
  /** When the company was first watched; -1 before its first alert. */
  private since = -1;
  /** Beginnings over the company that nothing explained, fading over the memory. */
  private begun = 0;
  private begunAt = 0;

  find(asset: string, title: string): Check | undefined {
    return this.checks.get(checkName(asset, title));
  }

  /** The check, the newest used; makes room by forgetting the longest unused. */
  touch(asset: string, title: string, now: number): Check {
    if (this.since < 0) this.since = now;
    const name = checkName(asset, title);
    let check = this.checks.get(name);
    if (check) this.checks.delete(name);
    else {
      check = { asset, title, own: 0, at: now, last: -1, began: now, group: -1 };
      if (this.checks.size >= BOUNDS.checks) {
        const oldest = this.checks.keys().next();
        if (!oldest.done) this.checks.delete(oldest.value);
      }
    }
    this.checks.set(name, check);
    return check;
  }

  private watched(now: number): number {
    const minutes = this.since < 0 ? 0 : (now - this.since) / MINUTE;
    return SMART.priorMinutes + SMART.memoryMinutes * (1 - Math.exp(-minutes / SMART.memoryMinutes));
  }

  /** Alerts a minute that the check makes by itself; of an unknown one, what the prior says. */
  rate(check: Check | undefined, now: number): number {
    const own = check ? check.own * forgotten(now - check.at) : 0;
    return (SMART.priorAlerts + own) / this.watched(now);
  }

  /** Counts one alert, the less the better a group explains it. */
  count(check: Check, explained: number, now: number): void {
    check.own = check.own * forgotten(now - check.at) + 1 - explained;
    check.at = now;
  }

  /** Beginnings a minute that are usual over the whole company. */
  usualBeginnings(now: number): number {
    return (1 + this.begun * forgotten(now - this.begunAt)) / this.watched(now);
  }

  countBeginning(explained: number, now: number): void {
    this.begun = this.begun * forgotten(now - this.begunAt) + 1 - explained;
    this.begunAt = now;
  }

  toJSON() {
    return {
      since: this.since,
      begun: this.begun,
      begun_at: this.begunAt,
      checks: [...this.checks.values()].map(
        (c): CheckRow => [c.asset, c.title, round(c.own), c.at, c.last, c.began, c.group],
      ),
    };
  }

  static fromJSON(saved: ReturnType<Background["toJSON"]>): Background {
    const made = new Background();
    made.since = saved.since;
    made.begun = saved.begun;
    made.begunAt = saved.begun_at;
    for (const [asset, title, own, at, last, began, group] of saved.checks)
      made.checks.set(checkName(asset, title), { asset, title, own, at, last, began, group });
    return made;
  }
}

export const round = (value: number): number => Number(value.toPrecision(9));
