/** One file in a list of those that are being sent: its name, its size, and how far it is, in words and as a bar. */

import type { Told } from "./sender.ts";

export class Line {
  readonly element: HTMLElement;
  private readonly words = document.createElement("span");
  private readonly bar = document.createElement("progress");
  private readonly file: File;
  private readonly texts: DOMStringMap;
  private readonly retry: () => void;

  constructor(file: File, texts: DOMStringMap, retry: () => void, tag = "li") {
    this.element = document.createElement(tag);
    this.element.className = "sending-line";
    this.file = file;
    this.texts = texts;
    this.retry = retry;
    const name = document.createElement("b");
    name.textContent = `${file.name} · ${size(file.size)}`;
    this.words.className = "small";
    this.bar.max = Math.max(1, file.size);
    this.bar.setAttribute("aria-label", file.name);
    this.element.append(name, this.words, this.bar);
    this.say(texts.textWaiting ?? "", 0);
  }

  /** Show what the sender tells. */
  show(told: Told): void {
    const fill = (text: string, sent: number): string => text.replace("{sent}", size(sent)).replace("{size}", size(this.file.size));
    if (told.state === "checking") this.say(this.texts.textChecking ?? "", 0);
    else if (told.state === "sending") this.say(fill(this.texts.textSending ?? "", told.sent), told.sent);
    else if (told.state === "again") this.say(fill(this.texts.textAgain ?? "", told.sent).replace("{seconds}", String(told.seconds)), told.sent);
    else if (told.state === "sent") this.say(this.texts.textSent ?? "", this.file.size);
    else this.fail(told.why, told.final);
  }

  /** It was not taken; `final` where sending the same again would not help. */
  fail(why: string, final: boolean): void {
    this.say(`${this.texts.textFailed ?? ""} ${why}`, 0);
    this.bar.remove();
    if (final) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn plain small";
    button.textContent = this.texts.textRetry ?? "";
    button.addEventListener("click", () => {
      button.remove();
      this.element.append(this.bar);
      this.retry();
    });
    this.element.append(button);
  }

  private say(words: string, sent: number): void {
    this.words.textContent = words;
    this.bar.value = sent;
  }
}

/** `320 KB`, `1,2 MB`. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(bytes ? 1 : 0, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}
