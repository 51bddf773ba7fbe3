import type { Frame } from "../../core/events.ts";
import type { PortalFrame } from "../../core/portal.ts";
import type { StreamPosition } from "./position.ts";

export type LiveStatus = "connecting" | "live" | "offline";

const PING_MS = 20_000;
const PONG_MS = 6_000;
const HELLO_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

export interface Listener<F extends Frame | PortalFrame = Frame> {
  status(status: LiveStatus): void;
  frame(frame: F): void;
  /** Several attempts failed before a greeting: the session may be gone. */
  refused(): void;
}

/** One socket to a live stream that comes back by itself and asks for what it missed. No React in here. */
export class LiveConnection<F extends Frame | PortalFrame = Frame> {
  #socket: WebSocket | null = null;
  #listener: Listener<F>;
  #path: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #position: StreamPosition;
  #stopped = true;

  /** `path` with what it asks for: `/api/live`, or a portal's. */
  constructor(listener: Listener<F>, position: StreamPosition, path = "/api/live") {
    this.#listener = listener;
    this.#path = path;
    this.#position = position;
  }

  start(): void {
    this.#stopped = false;
    addEventListener("offline", this.#onOffline);
    addEventListener("online", this.#onOnline);
    document.addEventListener("visibilitychange", this.#onVisible);
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    removeEventListener("offline", this.#onOffline);
    removeEventListener("online", this.#onOnline);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#drop();
  }

  #open(): void {
    clearTimeout(this.#timer);
    if (!navigator.onLine) {
      this.#listener.status("offline");
      return;
    }
    this.#listener.status("connecting");
    const url = new URL(this.#path, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const { epoch, seq } = this.#position;
    if (epoch) {
      url.searchParams.set("since", String(seq));
      url.searchParams.set("epoch", epoch);
    }
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#expect(HELLO_MS);
    socket.onmessage = (event) => this.#onMessage(String(event.data));
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
  }

  #onMessage(text: string): void {
    clearTimeout(this.#watchdog);
    if (text === "pong") {
      this.#schedulePing();
      return;
    }
    const frame = JSON.parse(text) as F;
    this.#position.take(frame);
    if (frame.type === "hello") {
      this.#failures = 0;
      this.#listener.status("live");
    }
    this.#schedulePing();
    this.#listener.frame(frame);
  }

  #schedulePing(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ping(), PING_MS);
  }

  #ping(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send("ping");
    this.#expect(PONG_MS);
  }

  /** Something must arrive within `ms`, or the line is dead whatever the browser says. */
  #expect(ms: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#lost(), ms);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #lost(): void {
    this.#drop();
    if (this.#stopped) return;
    this.#listener.status("offline");
    this.#failures += 1;
    if (this.#failures % 3 === 2) this.#listener.refused();
    const ceiling = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS);
    // Full jitter: after an outage thousands of consoles must not come back in step.
    this.#timer = setTimeout(() => this.#open(), FIRST_RETRY_MS / 2 + Math.random() * ceiling);
  }

  #onOffline = (): void => {
    this.#drop();
    this.#listener.status("offline");
  };

  #onOnline = (): void => {
    this.#failures = 0;
    this.#drop();
    this.#open();
  };

  #onVisible = (): void => {
    if (document.visibilityState !== "visible") return;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#ping();
    else if (!this.#socket) this.#onOnline();
  };
}
