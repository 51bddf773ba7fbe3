import type { Frame } from "../../core/events.ts";
import { type Listener, LiveConnection, type LiveStatus } from "./connection.ts";
import { StreamPosition } from "./position.ts";

type Message =
  | { type: "ask" }
  | { type: "answer"; status: LiveStatus; epoch: string | null; seq: number }
  | { type: "status"; status: LiveStatus }
  | { type: "frame"; frame: Frame };

const ASK_MS = 20_000;
const ANSWER_MS = 3_000;

/**
 * One socket for all tabs of a browser: the tab that holds a lock keeps it and tells the others. A tab
 * whose questions stay unanswered takes the lock away, since a frozen tab keeps its lock but says nothing.
 */
export class SharedConnection {
  #name: string;
  #listener: Listener;
  #position = new StreamPosition();
  #channel: BroadcastChannel | null = null;
  #own: LiveConnection | null = null;
  #status: LiveStatus = "connecting";
  #round = 0;
  #release: () => void = () => {};
  #asking: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  /** `session` parts the tabs of one sign-in from those of another. */
  constructor(session: string, listener: Listener) {
    this.#name = `aw-live-${session}`;
    this.#listener = listener;
  }

  start(): void {
    this.#round += 1;
    // Locks are missing where pages come over plain http from another machine: then each tab has its own.
    if (!navigator.locks) {
      this.#lead();
      return;
    }
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = (event) => this.#hear(event.data as Message);
    this.#asking = setInterval(() => this.#ask(), ASK_MS);
    document.addEventListener("visibilitychange", this.#ask);
    this.#compete(false);
    this.#ask();
  }

  stop(): void {
    this.#round += 1;
    clearInterval(this.#asking);
    clearTimeout(this.#deadline);
    document.removeEventListener("visibilitychange", this.#ask);
    this.#follow();
    this.#channel?.close();
    this.#channel = null;
  }

  #compete(steal: boolean): void {
    const round = this.#round;
    const held = navigator.locks.request(this.#name, { steal }, () => {
      if (round !== this.#round) return;
      this.#lead();
      return new Promise<void>((release) => {
        this.#release = release;
      });
    });
    // Only a stolen lock rejects: stand in line again.
    held.catch(() => {
      if (round !== this.#round) return;
      this.#follow();
      this.#compete(false);
    });
  }

  #lead(): void {
    if (this.#own) return;
    clearTimeout(this.#deadline);
    this.#own = new LiveConnection(
      {
        status: (status) => {
          this.#setStatus(status);
          this.#say({ type: "status", status });
        },
        frame: (frame) => {
          this.#listener.frame(frame);
          this.#say({ type: "frame", frame });
        },
        refused: () => this.#listener.refused(),
      },
      this.#position,
    );
    this.#own.start();
  }

  #follow(): void {
    this.#own?.stop();
    this.#own = null;
    this.#release();
    this.#release = () => {};
  }

  #ask = (): void => {
    if (this.#own || document.visibilityState !== "visible") return;
    this.#say({ type: "ask" });
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      if (this.#own) return;
      this.#setStatus("offline");
      this.#compete(true);
    }, ANSWER_MS);
  };

  #hear(message: Message): void {
    if (message.type === "ask") {
      if (this.#own) this.#say({ type: "answer", status: this.#status, ...this.#where() });
      return;
    }
    if (this.#own) return;
    clearTimeout(this.#deadline);
    if (message.type === "frame") {
      this.#position.take(message.frame);
      this.#listener.frame(message.frame);
      return;
    }
    if (message.type === "answer" && message.epoch && this.#position.epoch === null) {
      const { epoch, seq } = message;
      const hello: Frame = { seq, type: "hello", company_id: null, data: { epoch, seq } };
      this.#position.take(hello);
      this.#listener.frame(hello);
    }
    this.#setStatus(message.status);
  }

  #where() {
    return { epoch: this.#position.epoch, seq: this.#position.seq };
  }

  #setStatus(status: LiveStatus): void {
    this.#status = status;
    this.#listener.status(status);
  }

  #say(message: Message): void {
    this.#channel?.postMessage(message);
  }
}
