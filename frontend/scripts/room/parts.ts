/**
 * The parts of an open page that follow the meeting. Each names the events that change it, `data-on="floor agenda"`; what
 * changed is asked for together, after a moment that grows with the number of those who follow. A part in which somebody
 * types stays until they have finished. Parts of other subjects are found by their id in the page itself.
 */

import { spread } from "./spread.ts";
import { beginAll } from "../frame/begin.ts";
import type { RoomEvent } from "../live/sequence.ts";

const SOON = 150;

export class Parts {
  private readonly address: string;
  private readonly following: number;
  private readonly arrived: (root: ParentNode) => void;
  /** By their ids: the element itself may be another by the time of the answer. */
  private readonly wanted = new Set<string>();
  private timer = 0;
  private asking = false;

  constructor(address: string, following: number, arrived: (root: ParentNode) => void) {
    this.address = address;
    this.following = following;
    this.arrived = arrived;
    document.addEventListener("focusout", () => this.later());
    document.addEventListener("toggle", () => this.later(), true);
  }

  hear(event: RoomEvent): void {
    const names = [event.kind, `${event.kind}:${String(event.type ?? "")}`];
    for (const part of document.querySelectorAll<HTMLElement>("[data-on]")) {
      if (names.some((name) => (part.dataset.on ?? "").split(" ").includes(name))) this.wanted.add(part.id);
    }
    this.later();
  }

  private later(): void {
    if (this.timer || !this.wanted.size) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      void this.ask();
    }, SOON + spread(this.following, Math.random()));
  }

  /** What is wanted again while the answer is under way is asked for once more afterwards. */
  private async ask(): Promise<void> {
    const free = this.free();
    if (!free.length || this.asking) return;
    this.asking = true;
    for (const part of free) this.wanted.delete(part.id);
    const own = free.filter((part) => part.dataset.part);
    try {
      if (own.length) await this.swap(own, `${this.address}?${own.map((part) => `bagian=${part.dataset.part ?? ""}`).join("&")}`);
      if (own.length < free.length) await this.swap(free.filter((part) => !part.dataset.part), location.pathname);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      for (const part of free) this.wanted.add(part.id); // no network: the next event, or the line's return, asks again
      return;
    } finally {
      this.asking = false;
    }
    if (this.free().length) this.later();
  }

  private free(): HTMLElement[] {
    const parts = [...this.wanted].map((id) => document.getElementById(id));
    return parts.filter((part): part is HTMLElement => part !== null && !busy(part));
  }

  private async swap(parts: HTMLElement[], address: string): Promise<void> {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const fresh = page.getElementById(part.id);
      if (!fresh) continue;
      if (busy(part)) this.wanted.add(part.id);
      else replace(part, document.importNode(fresh, true));
    }
    this.arrived(document);
  }
}

/** Somebody types here, or has a form open. */
function busy(part: HTMLElement): boolean {
  const field = document.activeElement;
  const types = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
  return (types && part.contains(field)) || part.querySelector("details[open] form") !== null;
}

/** Puts a part in its place; a button that had the keyboard's focus keeps it. */
function replace(old: HTMLElement, fresh: HTMLElement): void {
  const form = old.contains(document.activeElement) ? document.activeElement?.closest("form") : null;
  const address = form?.getAttribute("action");
  const key = form?.querySelector<HTMLInputElement>('input[name="key"]')?.value;
  old.replaceWith(fresh);
  void beginAll(fresh);
  if (!address) return;
  const same = [...fresh.querySelectorAll("form")].filter((one) => one.getAttribute("action") === address);
  const found = same.find((one) => one.querySelector<HTMLInputElement>('input[name="key"]')?.value === key) ?? same[0];
  found?.querySelector<HTMLElement>("button")?.focus();
}
