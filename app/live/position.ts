import type { Frame } from "../../core/events.ts";
import type { PortalFrame } from "../../core/portal.ts";

/** How far the stream has been read, so that whoever connects next asks for the rest. */
export class StreamPosition {
  epoch: string | null = null;
  seq = 0;

  take(frame: Frame | PortalFrame): void {
    if (frame.type === "hello") {
      // A later greeting names the newest number; what we lack of it follows it, so only a first one counts.
      if (this.epoch === null) this.#set(frame.data);
    } else if (frame.type === "resync") this.#set(frame.data);
    else this.seq = Math.max(this.seq, frame.seq);
  }

  #set({ epoch, seq }: { epoch: string; seq: number }): void {
    this.epoch = epoch;
    this.seq = seq;
  }
}
