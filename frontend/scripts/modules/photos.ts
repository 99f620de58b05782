/**
 * Photos chosen for a proposal: made smaller before they are sent, shown with their size, each removable. Where the draft is
 * kept already (`data-address`) they are sent at once, in parts; what is not sent yet goes with the form.
 * A position found in a photo is offered to the location picker by the event `musrenbang:position`.
 */

import { positionIn, type Position } from "../photos/exif.ts";
import { lighter } from "../photos/lighter.ts";
import { Line, size } from "../uploads/line.ts";
import { canSend, Sender } from "../uploads/sender.ts";

interface Chosen {
  file: File;
  position: Position | null;
  /** How far it is, where it is sent at once. */
  line: Line | null;
  sender: Sender | null;
  sent: boolean;
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
    for (const { file, sent } of chosen) if (!sent) held.items.add(file);
    input.files = held.files;
    list.replaceChildren(...chosen.map((one) => row(one, texts, remove)));
    const left = chosen.filter(({ sent }) => !sent);
    const bytes = left.reduce((sum, { file }) => sum + file.size, 0);
    status.textContent = left.length ? (texts.textTotal ?? "").replace("{count}", String(left.length)).replace("{size}", size(bytes)) : "";
  };
  const remove = (one: Chosen): void => {
    one.sender?.stop();
    chosen = chosen.filter((other) => other !== one);
    show();
    input.focus();
  };
  const send = async (one: Chosen): Promise<void> => {
    const token = group.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const errand = { address: texts.address ?? "", kind: "photo", caption: "", closed: false, token };
    one.sender = new Sender(one.file, errand, (told) => one.line?.show(told));
    one.sent = await one.sender.send();
    show();
  };
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    status.textContent = texts.textShrinking ?? "";
    void Promise.all(files.map(prepare)).then((ready) => {
      const before = chosen.length;
      chosen = [...chosen, ...ready].slice(0, most);
      if (texts.address && canSend()) {
        const fresh = chosen.slice(before);
        for (const one of fresh) one.line = new Line(one.file, texts, () => void send(one), "span");
        void fresh.reduce((earlier, one) => earlier.then(() => send(one)), Promise.resolve());
      }
      show();
    });
  });
}

async function prepare(file: File): Promise<Chosen> {
  const head = await file.slice(0, 256 * 1024).arrayBuffer();
  return { position: positionIn(head), file: await lighter(file), line: null, sender: null, sent: false };
}

function row(one: Chosen, texts: DOMStringMap, remove: (one: Chosen) => void): HTMLElement {
  const item = document.createElement("li");
  item.className = "photo-row";
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(one.file);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  picture.alt = "";
  item.append(picture, one.line?.element ?? named(one.file));
  if (!one.sent) item.append(button(`${texts.textRemove ?? ""}`, `${texts.textRemove ?? ""}: ${one.file.name}`, () => remove(one)));
  const { position } = one;
  if (position) {
    const offer = () => document.dispatchEvent(new CustomEvent("musrenbang:position", { detail: { ...position, source: "exif" } }));
    item.append(button(texts.textUsePosition ?? "", "", offer));
  }
  return item;
}

function named(file: File): HTMLElement {
  const words = document.createElement("span");
  words.textContent = `${file.name} · ${size(file.size)}`;
  return words;
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
