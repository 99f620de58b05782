/**
 * A proposal's page while it is open: the support count and new comments arrive without reloading. What is being read
 * never moves: a comment that would push it waits behind "Show 2 new comments".
 */

import { fetchAfter, rendered, type Said } from "../live/comments.ts";
import { Feed, type State } from "../live/feed.ts";
import type { RoomEvent } from "../live/sequence.ts";

export function start(bar: HTMLElement): void {
  const { room, seq } = bar.dataset;
  if (!room) return;
  const talk = new Talk(bar, Number(seq ?? "0"));
  new Feed(`/ws/proposals/${room}/`, Number(seq ?? "0"), {
    state: (state) => say(bar, state),
    event: (event) => talk.hear(event),
  }).start();
}

function say(bar: HTMLElement, state: State): void {
  bar.hidden = false;
  bar.dataset.state = state;
  const words = bar.querySelector<HTMLElement>("[data-words]") ?? bar;
  const told = { live: bar.dataset.textLive, reconnecting: bar.dataset.textReconnecting, polling: bar.dataset.textPolling }[state] ?? "";
  words.textContent = told.replace("{time}", clock(new Date()));
}

class Talk {
  private readonly bar: HTMLElement;
  private readonly list = document.querySelector<HTMLElement>("[data-live-comments]");
  private readonly template = document.querySelector<HTMLTemplateElement>("template[data-live-comment]");
  private readonly more = document.querySelector<HTMLButtonElement>("[data-live-show]");
  private readonly status = document.querySelector<HTMLElement>("[data-live-status]");
  private waiting: Said[] = [];
  private last: number;
  private fetching = false;
  private again = false;

  constructor(bar: HTMLElement, seq: number) {
    this.bar = bar;
    this.last = seq;
    this.more?.addEventListener("click", () => this.show());
  }

  hear(event: RoomEvent): void {
    if (event.kind === "support") this.count("[data-live-supports]", event.count ?? event.supports);
    if (event.kind === "stage") for (const note of document.querySelectorAll<HTMLElement>("[data-live-moved]")) note.hidden = false;
    if (event.kind === "comment") {
      this.count("[data-live-comment-count]", event.count ?? event.comments);
      if (event.hidden) this.hide(String(event.id ?? event.comment ?? ""));
      else void this.fetch();
    }
  }

  /** One question at a time; an event that comes meanwhile asks once more afterwards. */
  private async fetch(): Promise<void> {
    this.again = this.fetching;
    if (this.fetching || !this.bar.dataset.comments) return;
    this.fetching = true;
    const said = await fetchAfter(this.bar.dataset.comments, this.last).catch(() => []);
    this.fetching = false;
    this.last = Math.max(this.last, ...said.map((one) => one.seq));
    this.waiting.push(...said.filter((one) => !document.querySelector(`[data-comment="${CSS.escape(one.id)}"]`)));
    this.settle();
    if (this.again) void this.fetch();
  }

  private settle(): void {
    if (!this.waiting.length) return;
    if (this.pushesNothing()) this.show();
    else if (this.more) {
      this.more.hidden = false;
      const words = this.waiting.length === 1 ? this.bar.dataset.textShowOne : this.bar.dataset.textShow;
      this.more.textContent = (words ?? "").replace("{count}", String(this.waiting.length));
    }
  }

  /** Comments are added at the list's end: that moves something only for a reader who is below it, or who writes there. */
  private pushesNothing(): boolean {
    if (!this.list || !this.more) return true;
    const writing = document.activeElement instanceof HTMLTextAreaElement && this.list.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING;
    return this.list.getBoundingClientRect().bottom >= 0 && !writing;
  }

  private show(): void {
    if (!this.list || !this.template) return;
    for (const said of this.waiting) this.place(rendered(this.template, said, word), said.parent);
    if (this.status) this.status.textContent = (this.bar.dataset.textCame ?? "").replace("{count}", String(this.waiting.length));
    this.waiting = [];
    if (this.more) this.more.hidden = true;
    for (const empty of document.querySelectorAll<HTMLElement>("[data-live-empty]")) empty.hidden = true;
  }

  /** A reply goes under what it answers, everything else to the end. */
  private place(comment: HTMLElement, parent: string | null): void {
    const replies = parent ? document.querySelector(`[data-comment="${CSS.escape(parent)}"] [data-live-replies]`) : null;
    (replies ?? this.list)?.append(comment);
  }

  private hide(id: string): void {
    for (const body of document.querySelectorAll<HTMLElement>(`[data-comment="${CSS.escape(id)}"] [data-fill="body"]`)) {
      body.textContent = this.bar.dataset.textHidden ?? "";
    }
  }

  private count(selector: string, value: unknown): void {
    if (typeof value !== "number") return;
    for (const place of document.querySelectorAll<HTMLElement>(selector)) place.textContent = String(value).replace(/\B(?=(\d{3})+$)/g, ".");
  }
}

/** The page's own word for a stance or a role: `<span data-word="stance:objection">Sanggahan</span>`. */
function word(kind: string, code: string): string {
  return document.querySelector(`[data-word="${CSS.escape(`${kind}:${code}`)}"]`)?.textContent?.trim() ?? "";
}

function clock(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}.${String(moment.getMinutes()).padStart(2, "0")}`;
}
