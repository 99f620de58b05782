/** Rows of the note-taker's page: what came onto the roll, and what this phone still holds. */

import type { Told } from "./sending.ts";
import type { Kept } from "./store.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The line at the top of the newest, with what the note-taker should look at. */
export function prepend(told: Told, line: Kept | undefined, form: HTMLElement): void {
  const list = form.ownerDocument.querySelector("[data-newest]");
  list?.querySelector("[data-none]")?.remove();
  const item = document.createElement("li");
  const number = document.createElement("b");
  number.className = "num";
  number.textContent = String(told.number ?? "");
  const link = document.createElement("a");
  link.className = "tap";
  link.href = (form.dataset.line ?? "").replace(NOBODY, told.id);
  link.textContent = told.name ?? line?.fields.name ?? "";
  const { textKnown, textLate, textTwin } = form.dataset;
  const notes = [told.state === "known" && textKnown, told.late && textLate, told.twins?.length && textTwin?.replace("{number}", told.twins.join(", "))];
  const note = document.createElement("span");
  note.className = "soft";
  note.textContent = notes.filter(Boolean).join(" · ");
  item.append(number, " ", link, " ", note);
  list?.prepend(item);
}

/** A line that waits, or was refused: then it is sent with another time, corrected, or thrown away. */
export function waitingRow(kept: Kept, words: DOMStringMap, put: (changed: Kept | null) => void, again: () => void): HTMLElement {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = kept.fields.name ?? "";
  item.append(name, ` · ${kept.said || words.textWaiting || ""} `);
  if (kept.state !== "refused") return item;
  const isClock = kept.code === "device_clock" || kept.code === "captured_ahead";
  item.append(isClock ? button(words.textWithoutTime, () => put({ ...kept, captured: "", state: "waiting", said: "" })) : button(words.textAgain, again));
  item.append(" ", button(words.textThrow, () => put(null)));
  return item;
}

function button(words: string | undefined, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn second small";
  made.textContent = words ?? "";
  made.addEventListener("click", act);
  return made;
}
