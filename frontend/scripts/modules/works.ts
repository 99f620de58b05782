/**
 * Works of the dictionary that the title and the problem may mean, suggested while somebody writes. Choosing one brings its
 * unit, price and sector, but never over what the person typed. Without this script the button "find works" does the same.
 */

import { grouped } from "../numbers/amounts.ts";

const PAUSE_MS = 700;
const SHORTEST = 4;

export function start(group: HTMLElement): void {
  const form = group.closest("form");
  const told = group.querySelector<HTMLElement>("[data-works-told]");
  if (!form || !told) return;
  const field = (name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]:not([type=radio])`);
  const search = field("works_q");
  const brought = new Map<string, string>();
  let waiting = 0;
  let asking: AbortController | null = null;
  let last = "";

  const text = (): string => search?.value.trim() || [field("title")?.value, form.querySelector<HTMLTextAreaElement>('[name="problem"]')?.value].filter(Boolean).join(". ");

  const ask = async (): Promise<void> => {
    const query = new URLSearchParams({
      village: form.querySelector<HTMLSelectElement>('[name="village"]')?.value ?? "",
      plan_year: form.querySelector<HTMLSelectElement>('[name="plan_year"]')?.value ?? "",
      text: text().slice(0, 1500),
      chosen: group.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value ?? "",
    });
    if (query.toString() === last || text().length < SHORTEST) return;
    last = query.toString();
    asking?.abort();
    asking = new AbortController();
    const answer = await fetch(`${group.dataset.address ?? ""}?${query}`, { signal: asking.signal }).catch(() => null);
    if (answer?.ok) put(await answer.text());
  };

  const put = (html: string): void => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("[data-works]");
    const standing = group.querySelector<HTMLElement>("[data-works]");
    if (!fresh || !standing || standing.contains(document.activeElement)) return; // never from under a hand that is choosing
    standing.replaceWith(document.importNode(fresh, true));
    const count = fresh.dataset.found ?? "0";
    told.textContent = count === "0" ? (group.dataset.textNone ?? "") : (group.dataset.textFound ?? "").replace("{count}", count);
  };

  const bring = (name: string, value: string | undefined): void => {
    const input = form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
    if (!input || !value || (input.value !== "" && input.value !== brought.get(name))) return;
    input.value = value;
    brought.set(name, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const later = (pause: number) => (): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(), pause);
  };
  for (const name of ["title", "problem"]) form.querySelector(`[name="${name}"]`)?.addEventListener("input", later(PAUSE_MS));
  for (const name of ["village", "plan_year"]) form.querySelector(`[name="${name}"]`)?.addEventListener("change", later(0));
  search?.addEventListener("input", later(PAUSE_MS / 2));
  search?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void ask();
  });
  group.querySelector<HTMLButtonElement>('button[value="works"]')?.addEventListener("click", (event) => {
    event.preventDefault();
    void ask();
  });
  group.addEventListener("change", (event) => {
    const chosen = event.target as HTMLInputElement;
    if (chosen.type !== "radio") return;
    bring("unit", chosen.dataset.unit);
    bring("unit_price", chosen.dataset.price && grouped(Number(chosen.dataset.price)));
    bring("sector", chosen.dataset.sector);
  });
}
