/**
 * While somebody writes: does a similar proposal stand near by? Asked of the server when place, work or title rest for a
 * moment; told in one sentence with links that open beside the form. Without this script the check before sending tells it.
 */

import { fill } from "../map/drawing.ts";

interface Found {
  proposal: { number: string; title: string };
  reasons: string[];
}

const FIELDS = ["village", "plan_year", "lon", "lat", "title", "dictionary_entry", "sector"] as const;
const REST_MS = 900;

export function start(box: HTMLElement): void {
  const form = box.closest("form");
  if (form) new Nearby(box, form).begin();
}

class Nearby {
  private readonly box: HTMLElement;
  private readonly form: HTMLFormElement;
  private asked = "";
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(box: HTMLElement, form: HTMLFormElement) {
    this.box = box;
    this.form = form;
  }

  begin(): void {
    const later = (): void => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), REST_MS);
    };
    this.form.addEventListener("change", later);
    // the map fills the hidden place without an event, and then says which village it found
    const told = this.form.querySelector("[data-found]");
    if (told) new MutationObserver(later).observe(told, { subtree: true, childList: true, characterData: true });
    later();
  }

  private question(): string {
    const query = new URLSearchParams();
    for (const name of FIELDS) {
      const value = new FormData(this.form).get(name);
      if (typeof value === "string" && value.trim()) query.set(name, value.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2"));
    }
    const enough = query.has("village") && query.has("plan_year") && (query.has("dictionary_entry") || query.has("title"));
    return enough ? query.toString() : "";
  }

  private async ask(): Promise<void> {
    const question = this.question();
    if (question === this.asked) return;
    this.asked = question;
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const own = this.box.dataset.own ?? "";
    const answer = question
      ? await fetch(`${this.box.dataset.at ?? ""}?${question}`, { signal: asking.signal, headers: { Accept: "application/json" } }).catch(() => null)
      : null;
    if (asking.signal.aborted) return;
    const found = answer?.ok ? ((await answer.json()) as Found[]) : [];
    this.tell(found.filter((one) => one.proposal.number !== own));
  }

  private tell(found: Found[]): void {
    const [words, list] = [this.box.querySelector<HTMLElement>("[data-words]"), this.box.querySelector<HTMLElement>("ul")];
    if (!words || !list) return;
    this.box.hidden = found.length === 0;
    const texts = this.box.dataset;
    words.textContent = found.length === 1 ? (texts.textOne ?? "") : fill(texts.textMany, { count: found.length });
    list.replaceChildren(...found.map((one) => this.line(one)));
  }

  private line({ proposal, reasons }: Found): HTMLLIElement {
    const [item, link, why] = [document.createElement("li"), document.createElement("a"), document.createElement("span")];
    link.href = (this.box.dataset.page ?? "").replace("{number}", encodeURIComponent(proposal.number));
    link.target = "_blank";
    link.rel = "noopener";
    link.className = "tap";
    link.textContent = proposal.title;
    why.className = "small";
    why.textContent = reasons.join(", ");
    item.append(link, document.createElement("br"), why);
    return item;
  }
}
