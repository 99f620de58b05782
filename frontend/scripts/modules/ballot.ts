/** The voting form tells while it is filled in what is used and what is left; the server decides. Words come from `data-text-…`. */

import { rupiah } from "../numbers/amounts.ts";

type Told = { words: string; over: boolean };

export function start(form: HTMLElement): void {
  const bar = form.querySelector<HTMLElement>("[data-sum]");
  if (!bar) return;
  const tell = (): void => {
    const { words, over } = told(form);
    bar.textContent = words;
    bar.classList.toggle("is-over", over);
  };
  form.addEventListener("change", tell);
  form.addEventListener("input", tell);
  window.addEventListener("pageshow", tell);
  tell();
}

function told(form: HTMLElement): Told {
  const { kind, budget, most, points } = form.dataset;
  const marked = [...form.querySelectorAll<HTMLInputElement>('input[name="pilih"]:checked')];
  const values = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name^="nilai-"]')].map((field) => Number(field.value) || 0);
  if (kind === "knapsack") return cost(form, marked.reduce((sum, box) => sum + Number(box.dataset.cost), 0), Number(budget));
  if (kind === "points") return counted(form.dataset.textPoints, values.reduce((sum, value) => sum + value, 0), Number(points));
  return counted(form.dataset.textCount, kind === "ranking" ? values.filter(Boolean).length : marked.length, Number(most));
}

function cost(form: HTMLElement, used: number, limit: number): Told {
  const over = used > limit;
  const words = (over ? form.dataset.textOver : form.dataset.textCost) ?? "";
  return { words: fill(words, { used: rupiah(used), limit: rupiah(limit), left: rupiah(limit - used), over: rupiah(used - limit) }), over };
}

function counted(words = "", used: number, limit: number): Told {
  return { words: fill(words, { used: String(used), limit: String(limit) }), over: used > limit };
}

function fill(words: string, facts: Record<string, string>): string {
  return words.replace(/\{(\w+)\}/g, (_whole, name: string) => facts[name] ?? "");
}
