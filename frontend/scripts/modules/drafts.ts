/**
 * What is typed stays on this phone until the server has it. Without a signal the form is not sent into the void: it waits
 * in the queue of this page (`queue.ts`), which sends it when the signal is back.
 */

import { fill } from "../map/drawing.ts";
import { fill as refill, read, same } from "../drafts/fields.ts";
import { clock, Store, type State } from "../drafts/store.ts";

const PAUSE_MS = 600;

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const key = form.querySelector<HTMLInputElement>('[name="id"]');
  const told = form.querySelector<HTMLElement>("[data-drafts-told]");
  if (!key || !told || !form.dataset.user) return;
  const store = new Store(form.dataset.user);
  const version = Number(form.querySelector<HTMLInputElement>('[name="version"]')?.value ?? 0);
  // a refused form is not what the server has
  let standing = form.dataset.refused ? {} : read(form);
  let waiting = 0;

  const say = (words: string): void => {
    if (told.textContent !== words) told.textContent = words; // the same words again would be read out again
  };
  const keep = (state: State): void => {
    const fields = read(form);
    if (state === "kept" && same(fields, standing)) return;
    const at = Date.now();
    const kept = store.put({ id: key.value, title: fields.title ?? "", address: location.pathname, version, fields, at, state });
    say(fill(kept ? form.dataset.textKept : form.dataset.textNoRoom, { time: clock(at) }));
    document.dispatchEvent(new CustomEvent("musrenbang:kept"));
  };

  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => keep("kept"), PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(waiting);
    keep("waiting");
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the button is not busy: nothing is being sent
    say(form.dataset.textOffline ?? "");
  });
  const restore = (id: string): void => {
    const kept = store.get(id);
    if (!kept) return;
    key.value = kept.id;
    refill(form, kept.fields);
    standing = {};
    say(fill(form.dataset.textKept, { time: clock(kept.at) }));
    form.querySelector<HTMLElement>('[name="title"]')?.focus();
  };
  document.addEventListener("musrenbang:restore", (event) => restore((event as CustomEvent<{ id: string }>).detail.id));
  // a row of the queue on another page led here
  const asked = new URLSearchParams(location.hash.slice(1)).get("ponsel");
  if (!asked) return;
  history.replaceState(null, "", location.pathname);
  restore(asked);
}
