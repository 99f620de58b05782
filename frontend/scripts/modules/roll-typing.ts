/**
 * A note-taker's page: Enter saves the line and puts the cursor into the next name, with signal or without. Each line is
 * kept on this phone first and forgotten when the server has it; nobody waits for the network while people queue at the door.
 */

import { prepend, waitingRow } from "../roll/rows.ts";
import { sendLines, type Told } from "../roll/sending.ts";
import { RollStore, uuid, type Kept } from "../roll/store.ts";

const PAUSE = 400;
const AGAIN = 15_000;
const SUGGEST = 250;
const STAYS = new Set(["element", "region", "mode"]);

export function start(form: HTMLElement): void {
  new Typing(form as HTMLFormElement).begin();
}

class Typing {
  private readonly form: HTMLFormElement;
  private readonly store: RollStore;
  /** How far this phone's clock is off, by the server's moment when the page came. */
  private readonly off: number;
  private sending = false;
  private timer = 0;
  private asked = "";
  private known = new Map<string, { sex: string; element: string; institution: string }>();

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.store = new RollStore(form.dataset.user ?? "", form.dataset.meeting ?? "");
    this.off = Date.parse(form.dataset.now ?? "") - Date.now() || 0;
  }

  begin(): void {
    this.form.addEventListener("submit", (event) => this.save(event));
    this.form.addEventListener("keydown", (event) => this.enter(event));
    this.field("name")?.addEventListener("input", () => this.suggest());
    this.field("name")?.addEventListener("change", () => this.recognise());
    window.addEventListener("online", () => this.soon(0));
    this.show();
    this.soon(PAUSE);
  }

  /** Enter in a choice opens it in some browsers; here it saves, as everywhere in the line. */
  private enter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  private save(event: SubmitEvent): void {
    const fields = this.read();
    const missing = ["name", "sex", "element"].find((name) => !fields[name]?.trim());
    if (missing) {
      event.preventDefault();
      this.say(this.form.dataset.textMissing);
      this.field(missing)?.focus();
      return;
    }
    const own = this.form.querySelector<HTMLInputElement>('[name="id"]');
    const line: Kept = { id: own?.value || uuid(), fields, captured: this.now(), state: "waiting" };
    if (!this.store.put(line)) {
      // nothing is kept here: the form goes as any form does, while there is signal
      this.say(this.form.dataset.textNoRoom);
      if (!navigator.onLine) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (own) own.value = "";
    this.next();
    this.show();
    this.soon(PAUSE);
  }

  private next(): void {
    for (const input of this.form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input:not([type=hidden]), select")) {
      if (STAYS.has(input.name)) continue;
      if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = false;
      else input.value = "";
    }
    for (const wrong of this.form.querySelectorAll(".error")) wrong.remove();
    this.field("name")?.focus();
  }

  private read(): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "id") fields[name] = value;
    return fields;
  }

  private soon(after: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), after);
  }

  private async send(): Promise<void> {
    const waiting = this.store.all().filter((one) => one.state === "waiting");
    if (this.sending || !waiting.length) return;
    if (!navigator.onLine) {
      this.soon(AGAIN);
      return;
    }
    this.sending = true;
    const answer = await sendLines(this.form.dataset.lines ?? "", waiting, this.now());
    this.sending = false;
    if (answer.state === "told") for (const told of answer.lines) this.settle(told);
    else if (answer.state === "refused") this.say(answer.said);
    else if (answer.state === "signed_out") this.say(this.form.dataset.textSignedOut);
    this.show(answer.state === "told");
    if (this.store.all().some((one) => one.state === "waiting")) this.soon(answer.state === "told" ? PAUSE : AGAIN);
  }

  private settle(told: Told): void {
    if (told.state === "refused") {
      const kept = this.store.all().find((one) => one.id === told.id);
      if (kept) this.store.put({ ...kept, state: "refused", said: told.message ?? "", code: told.code ?? "" });
      return;
    }
    const line = this.store.all().find((one) => one.id === told.id);
    this.store.forget([told.id]);
    prepend(told, line, this.form);
  }

  /** What this phone still holds. */
  private show(sent = false): void {
    const kept = this.store.all();
    const list = this.form.querySelector<HTMLElement>("[data-waiting]");
    if (list) {
      list.hidden = !kept.length;
      list.replaceChildren(...kept.map((one) => waitingRow(one, this.form.dataset, (changed) => this.put(changed, one.id), () => this.again(one))));
    }
    const waiting = kept.filter((one) => one.state === "waiting").length;
    if (waiting) this.say(this.form.dataset.textKept?.replace("{count}", String(waiting)));
    else if (sent) this.say(kept.length ? "" : this.form.dataset.textAll);
  }

  private put(kept: Kept | null, gone = ""): void {
    if (kept) this.store.put(kept);
    else this.store.forget([gone]);
    this.show();
    this.soon(0);
  }

  /** A refused line is back in the form, under its own UUID. */
  private again(kept: Kept): void {
    for (const input of this.form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
      if (input.name === "csrfmiddlewaretoken") continue;
      if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = kept.fields[input.name] === "on";
      else input.value = input.name === "id" ? kept.id : (kept.fields[input.name] ?? "");
    }
    this.put(null, kept.id);
    this.field("name")?.focus();
  }

  private suggest(): void {
    const letters = this.field("name")?.value.trim() ?? "";
    if (letters.length < 2 || this.known.has(letters) || !navigator.onLine) return;
    window.setTimeout(() => {
      if (this.field("name")?.value.trim() === letters && this.asked !== letters) void this.ask(letters);
    }, SUGGEST);
  }

  private async ask(letters: string): Promise<void> {
    this.asked = letters;
    const answer = await fetch(`${this.form.dataset.names ?? ""}?q=${encodeURIComponent(letters)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const { results } = (await answer.json()) as { results: { name: string; sex: string; element: string; institution: string }[] };
    for (const one of results) this.known.set(one.name, one);
    const options = results.map(({ name }) => Object.assign(document.createElement("option"), { value: name }));
    this.form.querySelector("datalist")?.replaceChildren(...options);
  }

  /** Somebody who was here before: what the earlier roll says stands in the line, to be looked at and changed. */
  private recognise(): void {
    const found = this.known.get(this.field("name")?.value ?? "");
    if (!found) return;
    for (const name of ["sex", "element", "institution"] as const) {
      const field = this.field(name);
      if (field && found[name]) field.value = found[name];
    }
  }

  private field(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]:not([type=hidden])`);
  }

  private now(): string {
    return new Date(Date.now() + this.off).toISOString();
  }

  private say(words: string | undefined): void {
    const told = this.form.querySelector<HTMLElement>("[data-told]");
    if (told && told.textContent !== (words ?? "")) told.textContent = words ?? "";
  }
}
