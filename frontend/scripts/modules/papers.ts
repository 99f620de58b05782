/**
 * Files of one kind, sent in parts with their progress told beside each. Without this script, or where the browser cannot
 * hash, the form sends them as forms do. Photos are made smaller first and keep where and when they were taken.
 */

import { lighter } from "../photos/lighter.ts";
import { Line } from "../uploads/line.ts";
import { canSend, Sender, type Errand } from "../uploads/sender.ts";

export function start(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const list = form.querySelector<HTMLElement>("[data-files]");
  const status = form.querySelector<HTMLElement>("[data-status]");
  if (!input || !list || !status || !canSend()) return;
  const texts = form.dataset;
  let waiting = 0;
  let failed = 0;

  const ended = (well: boolean): void => {
    waiting -= 1;
    failed += well ? 0 : 1;
    if (waiting) return;
    if (!failed) location.reload();
    else status.replaceChildren(link(texts.textDone ?? ""));
  };
  const add = (chosen: File, photos: boolean): (() => Promise<void>) => {
    const line = new Line(chosen, texts, () => {
      waiting += 1;
      failed -= 1;
      void send();
    });
    list.append(line.element);
    const send = async (): Promise<void> => {
      const file = photos ? await lighter(chosen) : chosen;
      if (file.size > Number(texts.mostBytes)) {
        line.fail(texts.textLarge ?? "", true);
        ended(false);
      } else ended(await new Sender(file, errand(form), (told) => line.show(told)).send());
    };
    waiting += 1;
    return send;
  };

  form.addEventListener("submit", (event) => {
    const chosen = [...(input.files ?? [])].slice(0, Number(texts.most));
    if (!chosen.length) return;
    event.preventDefault();
    list.hidden = false;
    input.value = "";
    const photos = !input.accept.includes("pdf");
    // One after the other: two at once only slow each other down on a thin line.
    const errands = chosen.map((file) => add(file, photos));
    void errands.reduce((before, send) => before.then(send), Promise.resolve());
  });
}

function errand(form: HTMLElement): Errand {
  const value = (name: string): string => form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
  return {
    address: form.dataset.address ?? "",
    kind: form.dataset.kind ?? "",
    caption: value("caption"),
    closed: form.querySelector<HTMLInputElement>("[name=closed]")?.checked ?? false,
    token: value("csrfmiddlewaretoken"),
  };
}

function link(words: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = location.pathname;
  made.textContent = words;
  return made;
}
