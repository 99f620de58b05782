/**
 * Photos chosen for a proposal: made smaller before they are sent, shown with their size, each removable.
 * A position found in a photo is offered to the location picker by the event `musrenbang:position`.
 */

import { positionIn, type Position } from "../photos/exif.ts";
import { shrink } from "../photos/shrink.ts";

interface Chosen {
  file: File;
  position: Position | null;
}

export function start(group: HTMLElement): void {
  const input = group.querySelector<HTMLInputElement>("input[type=file]");
  const list = group.querySelector<HTMLElement>("[data-chosen]");
  const status = group.querySelector<HTMLElement>("[role=status]");
  if (!input || !list || !status) return;
  const most = Number(group.dataset.most ?? "5");
  const texts = group.dataset;
  let chosen: Chosen[] = [];

  const show = (): void => {
    const held = new DataTransfer();
    for (const { file } of chosen) held.items.add(file);
    input.files = held.files;
    list.replaceChildren(...chosen.map((one) => row(one, texts, remove)));
    const bytes = chosen.reduce((sum, { file }) => sum + file.size, 0);
    status.textContent = chosen.length ? (texts.textTotal ?? "").replace("{count}", String(chosen.length)).replace("{size}", size(bytes)) : "";
  };
  const remove = (one: Chosen): void => {
    chosen = chosen.filter((other) => other !== one);
    show();
    input.focus();
  };
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    status.textContent = texts.textShrinking ?? "";
    void Promise.all(files.map(prepare)).then((ready) => {
      chosen = [...chosen, ...ready].slice(0, most);
      show();
    });
  });
}

async function prepare(file: File): Promise<Chosen> {
  const head = await file.slice(0, 256 * 1024).arrayBuffer();
  return { position: positionIn(head), file: await shrink(file) };
}

function row(one: Chosen, texts: DOMStringMap, remove: (one: Chosen) => void): HTMLElement {
  const item = document.createElement("li");
  item.className = "photo-row";
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(one.file);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  picture.alt = "";
  const words = document.createElement("span");
  words.textContent = `${one.file.name} · ${size(one.file.size)}`;
  item.append(picture, words, button(`${texts.textRemove ?? ""}`, `${texts.textRemove ?? ""}: ${one.file.name}`, () => remove(one)));
  const { position } = one;
  if (position) {
    const offer = () => document.dispatchEvent(new CustomEvent("musrenbang:position", { detail: { ...position, source: "exif" } }));
    item.append(button(texts.textUsePosition ?? "", "", offer));
  }
  return item;
}

function button(words: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn plain small";
  made.textContent = words;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}
