import type { AlertState } from "./state.ts";

/** Which alerts wait under which key. */
export class HeldBook {
  private byKey = new Map<string, Set<number>>();
  private keyOf = new Map<number, string>();
  private alert: (seq: number) => AlertState | undefined;

  constructor(alert: (seq: number) => AlertState | undefined) {
    this.alert = alert;
  }

  /** Alerts that wait under `key`, or all, at most `max`, oldest first. */
  of(key: string | null, max: number): AlertState[] {
    if (this.keyOf.size === 0) return [];
    const seqs = key === null ? [...this.keyOf.keys()] : [...(this.byKey.get(key) ?? [])];
    return seqs
      .sort((a, b) => a - b)
      .slice(0, max)
      .flatMap((seq) => this.alert(seq) ?? []);
  }

  keep(alert: AlertState): void {
    if (alert.held) this.note(alert.seq, alert.held[0]);
    else this.drop(alert.seq);
  }

  note(seq: number, key: string): void {
    this.drop(seq);
    this.keyOf.set(seq, key);
    const known = this.byKey.get(key);
    if (known) known.add(seq);
    else this.byKey.set(key, new Set([seq]));
  }

  private drop(seq: number): void {
    const key = this.keyOf.get(seq);
    if (key === undefined) return;
    this.keyOf.delete(seq);
    const left = this.byKey.get(key);
    left?.delete(seq);
    if (left?.size === 0) this.byKey.delete(key);
  }
}
