/**
 * The live room of a meeting while its page is open: what changes is drawn from the events' own numbers where they
 * suffice, and asked for where they do not. The state of the line is always told, with the time of what is shown.
 */

import { Feed, type State } from "../live/feed.ts";
import type { RoomEvent } from "../live/sequence.ts";
import { Clocks } from "../room/clock.ts";
import { Parts } from "../room/parts.ts";
import { Saying } from "../room/saying.ts";

const KEPT = "rapat-hanya-keputusan";

export function start(room: HTMLElement): void {
  const { room: id, seq, parts: address, following } = room.dataset;
  if (!id || !address) return;
  const clocks = new Clocks();
  const parts = new Parts(address, Number(following ?? "0"), (root) => clocks.measure(root));
  const saying = new Saying();
  const line = new Line(room);
  clocks.start();
  choose(room, saying);
  new Feed(`/ws/meetings/${id}/`, Number(seq ?? "0"), {
    state: (state) => line.tell(state),
    event: (event) => {
      line.heard();
      document.dispatchEvent(new CustomEvent(`musrenbang:${event.kind}`, { detail: event })); // other modules of the page listen
      count(event);
      if (!numbersSuffice(event)) parts.hear(event);
      saying.hear(event.kind, sentence(room, event));
    },
  }).start();
  window.setInterval(() => say(room, saying), 1000);
}

/** What the line does, and of when the page is. */
class Line {
  private readonly place: HTMLElement | null;
  private readonly room: HTMLElement;
  private state: State = "reconnecting";
  private at = new Date();

  constructor(room: HTMLElement) {
    this.room = room;
    this.place = room.querySelector<HTMLElement>(".live");
  }

  tell(state: State): void {
    if (state !== "reconnecting") this.at = new Date();
    this.state = state;
    this.draw();
  }

  heard(): void {
    this.at = new Date();
    this.draw();
  }

  private draw(): void {
    const { textLive, textReconnecting, textPolling } = this.room.dataset;
    const words = { live: textLive, reconnecting: textReconnecting, polling: textPolling }[this.state] ?? "";
    const place = this.place?.querySelector("[data-words]");
    if (this.place) this.place.dataset.state = this.state;
    if (place) place.textContent = words.replace("{time}", hour(this.at));
  }
}

/** Numbers that an event brings are drawn at once. */
function count(event: RoomEvent): void {
  if (event.kind === "presence") document.dispatchEvent(new CustomEvent("musrenbang:presence", { detail: event }));
  if (event.kind === "presence") for (const name of ["total", "hall", "online"]) draw(`[data-fact="${name}"]`, event[name]);
  if (event.kind === "statement") draw(`[data-agreed="${CSS.escape(String(event.id))}"]`, event.agreed);
  if (event.kind === "motion" && event.state === "open") draw(`[data-motion="${CSS.escape(String(event.id))}"] [data-cast]`, event.cast);
}

/** A vote more, a hand more under a question, somebody who came: nothing else on the page changes by it. */
function numbersSuffice(event: RoomEvent): boolean {
  if (event.kind === "presence") return !document.querySelector("[data-motion]");
  if (event.kind === "statement") return typeof event.agreed === "number";
  if (event.kind !== "motion" || event.state !== "open") return false;
  return document.querySelector(`[data-motion="${CSS.escape(String(event.id))}"] [data-cast]`) !== null;
}

function draw(selector: string, value: unknown): void {
  if (typeof value !== "number") return;
  for (const place of document.querySelectorAll<HTMLElement>(selector)) place.textContent = String(value).replace(/\B(?=(\d{3})+$)/g, ".");
}

function sentence(room: HTMLElement, event: RoomEvent): string {
  const name = `text${event.kind.charAt(0).toUpperCase()}${event.kind.slice(1)}`;
  return (room.dataset[name] ?? "").replace("{number}", String(event.number ?? ""));
}

function say(room: HTMLElement, saying: Saying): void {
  const words = saying.next(Date.now());
  const place = room.querySelector("[data-room-say]");
  if (words && place) place.textContent = words;
}

/** The switch "decisions only", remembered on this phone. */
function choose(room: HTMLElement, saying: Saying): void {
  const box = room.querySelector<HTMLInputElement>("[data-room-decisions]");
  const row = room.querySelector<HTMLElement>("[data-room-switch]");
  if (!box || !row) return;
  row.hidden = false;
  box.checked = saying.decisionsOnly = localStorage.getItem(KEPT) === "ya";
  box.addEventListener("change", () => {
    saying.decisionsOnly = box.checked;
    localStorage.setItem(KEPT, box.checked ? "ya" : "tidak");
  });
}

function hour(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}.${String(moment.getMinutes()).padStart(2, "0")}`;
}
