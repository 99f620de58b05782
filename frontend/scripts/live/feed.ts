/**
 * What happens in a room, in order and without gaps: a socket that only hints, and the HTTP address that fills what was
 * missed (`?after=`). Where sockets are blocked the same address is asked every few seconds instead.
 */

import { pause } from "./pace.ts";
import { Sequence, type RoomEvent } from "./sequence.ts";

export type State = "live" | "reconnecting" | "polling";

export interface Listener {
  event(event: RoomEvent): void;
  state(state: State): void;
}

const WAIT_MOST = 30_000;
/** After so many sockets that never opened, the network is taken to block them. */
const TRIES = 3;

export class Feed {
  private readonly address: string;
  private readonly listener: Listener;
  private readonly sequence: Sequence;
  private socket: WebSocket | null = null;
  private failures = 0;
  private filling = false;
  private timer = 0;
  private asked = 0;

  constructor(address: string, seq: number, listener: Listener) {
    this.address = address;
    this.listener = listener;
    this.sequence = new Sequence(seq);
  }

  start(): void {
    document.addEventListener("visibilitychange", () => this.resume());
    window.addEventListener("online", () => this.resume());
    window.addEventListener("pagehide", () => this.socket?.close());
    this.connect();
  }

  private resume(): void {
    if (document.visibilityState !== "visible") return;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    window.clearTimeout(this.timer);
    this.connect();
    void this.fill();
  }

  private connect(): void {
    if (lowData() || this.failures >= TRIES) {
      this.poll();
      return;
    }
    const url = new URL(`${this.address}?after=${this.sequence.last}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = (this.socket = new WebSocket(url));
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.failures = 0;
      this.listener.state("live");
    };
    socket.onmessage = (message) => this.take(JSON.parse(String(message.data)) as RoomEvent);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.failures += opened ? 0 : 1;
      this.listener.state("reconnecting");
      this.timer = window.setTimeout(() => this.resume(), this.pause());
    };
  }

  /** A back-off with some chance in it, so that a hall full of phones does not return in the same second. */
  private pause(): number {
    return Math.min(WAIT_MOST, 1000 * 2 ** this.failures) * (0.5 + Math.random());
  }

  private poll(heard = false, answered = true): void {
    if (answered) this.listener.state("polling");
    this.asked = pause(this.asked, heard, lowData());
    this.timer = window.setTimeout(() => {
      if (document.visibilityState !== "visible") return; // `resume` goes on when the page is seen again
      const before = this.sequence.last;
      void this.fill().then((answered) => {
        if (!answered) this.listener.state("reconnecting");
        this.poll(this.sequence.last > before, answered);
      });
    }, this.asked);
  }

  private take(event: RoomEvent): void {
    if (typeof event.seq !== "number") return; // presence and the like carry no number
    const verdict = this.sequence.accept(event);
    if (verdict === "next") this.listener.event(event);
    else if (verdict === "gap") void this.fill();
  }

  /** Asks for everything after the last event seen, until nothing is missing. Whether the server answered. */
  private async fill(): Promise<boolean> {
    if (this.filling) return true;
    this.filling = true;
    try {
      for (let more = true; more; ) {
        const answer = await fetch(`${this.address}?after=${this.sequence.last}`, { headers: { Accept: "application/json" }, cache: "no-store" });
        if (!answer.ok) return false;
        const { events } = (await answer.json()) as { events: RoomEvent[] };
        for (const event of events) if (this.sequence.accept(event) === "next") this.listener.event(event);
        more = events.length >= 200;
      }
      return true;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no network: the next turn asks again
      return false;
    } finally {
      this.filling = false;
    }
  }
}

function lowData(): boolean {
  return document.documentElement.dataset.saver === "on";
}
