/**
 * What waits on this phone: forms that the server does not have yet, each with its state. Those that were sent without a
 * signal go by themselves when it is back; what was only typed is offered to go on with, never sent unasked.
 */

import { read, same } from "../drafts/fields.ts";
import { send } from "../drafts/send.ts";
import { clock, Store, type Kept } from "../drafts/store.ts";
import { fill } from "../map/drawing.ts";

export function start(panel: HTMLElement): void {
  new Queue(panel).begin();
}

class Queue {
  private readonly panel: HTMLElement;
  private readonly store: Store;
  private isSending = false;

  constructor(panel: HTMLElement) {
    this.panel = panel;
    this.store = new Store(panel.dataset.user ?? "");
  }

  begin(): void {
    this.acknowledge();
    this.show();
    window.addEventListener("online", () => this.online());
    document.addEventListener("musrenbang:kept", () => this.show());
    void this.sendAll();
  }

  /** The signal is back. The form of this page goes as a form does, so that its photos go with it. */
  private online(): void {
    const own = this.form && this.store.get(this.own);
    if (own?.state === "waiting" && this.isTyped(own)) this.form?.requestSubmit(this.form.querySelector<HTMLButtonElement>('.capture-actions [value="save"]'));
    else void this.sendAll();
  }

  private get form(): HTMLFormElement | null {
    return document.querySelector<HTMLFormElement>(".capture-form");
  }

  /** The UUID of the form of this page, or nothing. */
  private get own(): string {
    return this.form?.querySelector<HTMLInputElement>('[name="id"]')?.value ?? "";
  }

  /** The page of a stored proposal is the server's word that it arrived: a later version, or the same text. */
  private acknowledge(): void {
    const { id, version, refused } = this.panel.dataset;
    const kept = this.store.get(id ?? this.own);
    // a form that came back with its errors arrived, but is not stored: it is being typed again
    if (refused && kept?.state === "waiting") this.store.put({ ...kept, state: "kept" });
    if (!kept || !version || refused) return;
    const arrived = kept.state === "waiting" && Number(version) > kept.version;
    if (arrived || this.isTyped(kept)) this.store.forget(kept.id);
  }

  private async sendAll(): Promise<void> {
    if (this.isSending || !navigator.onLine) return;
    this.isSending = true;
    // the form of this page is sent by who looks at it: it may hold more than what waited
    for (const kept of this.store.all().filter(({ id, state }) => state === "waiting" && id !== this.own)) await this.send(kept);
    this.isSending = false;
  }

  private async send(kept: Kept): Promise<void> {
    this.say(this.panel.dataset.textSending ?? "");
    const token = document.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "";
    const answer = await send(kept, token);
    if (answer.state === "received") {
      this.store.forget(kept.id);
      this.say(fill(this.panel.dataset.textReceived, { title: this.title(kept) }));
      // the form of this page is stored now: go on where it is
      if (this.own === kept.id) location.assign(answer.address);
    } else if (answer.state === "refused") {
      this.store.put({ ...kept, state: "refused", said: answer.said });
      this.say("");
    } else {
      this.say((answer.state === "signed_out" ? this.panel.dataset.textSignedOut : this.panel.dataset.textLater) ?? "");
    }
    this.show();
  }

  /** The form of this page is not listed while it is only being typed: it says so itself. */
  private show(): void {
    const { id, version } = this.panel.dataset;
    const listed = this.store.all().filter((kept) => kept.state !== "kept" || kept.id !== this.own || (id === kept.id && version && !this.isTyped(kept)));
    this.panel.hidden = listed.length === 0 && !this.panel.querySelector("[data-queue-told]")?.textContent;
    this.panel.querySelector("[data-queue]")?.replaceChildren(...listed.map((kept) => this.row(kept)));
  }

  /** Whether the form of this page shows what was kept. */
  private isTyped(kept: Kept): boolean {
    return this.form !== null && same(read(this.form), kept.fields);
  }

  private row(kept: Kept): HTMLElement {
    const texts = this.panel.dataset;
    const item = document.createElement("li");
    const words = document.createElement("span");
    const title = document.createElement("b");
    title.textContent = this.title(kept);
    title.dir = "auto";
    const state = { kept: texts.textKept, waiting: texts.textWaiting, refused: texts.textRefused }[kept.state];
    words.append(title, ` · ${fill(state, { time: clock(kept.at) })}`, kept.said ? ` ${kept.said}` : "");
    const tools = document.createElement("span");
    tools.className = "row";
    if (kept.state === "waiting") tools.append(this.button(texts.textSend, kept, () => void this.send(kept)));
    tools.append(
      this.button(kept.state === "refused" ? texts.textCorrect : texts.textGoOn, kept, () => this.restore(kept.id)),
      this.button(texts.textThrow, kept, () => this.throwAway(kept)),
    );
    item.append(words, tools);
    return item;
  }

  /** Here where this page has a form for it; otherwise on the page that has. */
  private restore(id: string): void {
    const kept = this.store.get(id);
    if (!kept) return;
    if (!this.form || location.pathname !== kept.address) {
      location.assign(`${kept.address}#ponsel=${id}`);
      return;
    }
    document.dispatchEvent(new CustomEvent("musrenbang:restore", { detail: { id } }));
    this.show();
  }

  private throwAway(kept: Kept): void {
    if (!window.confirm(fill(this.panel.dataset.textSure, { title: this.title(kept) }))) return;
    this.store.forget(kept.id);
    this.show();
  }

  private button(words: string | undefined, kept: Kept, act: () => void): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn second small";
    made.textContent = words ?? "";
    made.setAttribute("aria-label", `${words ?? ""}: ${this.title(kept)}`);
    made.addEventListener("click", act);
    return made;
  }

  private title(kept: Kept): string {
    return kept.title || (this.panel.dataset.textUntitled ?? "");
  }

  private say(words: string): void {
    const told = this.panel.querySelector<HTMLElement>("[data-queue-told]");
    if (told) told.textContent = words;
  }
}
