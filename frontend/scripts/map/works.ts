/** A funded work on the map: its state's own shape, a sign where it is late or silent, and what a tap on it opens. */

import { rupiah } from "../numbers/amounts.ts";
import { fill, type Page } from "./drawing.ts";
import type { Work } from "./types.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The pin: a real link, so that it works by keyboard and opens in a new tab. */
export function workPin(work: Work, page: Page): HTMLAnchorElement {
  const link = workLink(work, page);
  const told = [fill(page.sentences.textWork, { title: work.title, state: page.word("work-state", work.state), percent: local(work.percent) }), ...watched(work, page)];
  link.className = `pin pin--work w-${work.state}`;
  link.draggable = false;
  link.dataset.proposal = work.id;
  link.setAttribute("aria-label", told.join(" "));
  link.replaceChildren(drawn(work, page, "pin__shape"));
  const sign = work.late ? "!" : work.silent ? "?" : "";
  if (sign) link.append(words("span", "pin__sign", sign));
  return link;
}

/** State, per cent with its day and who reported, money; the title leads to the work's page. */
export function workCard(work: Work, page: Page): HTMLElement {
  const box = words("div", "card-small", "");
  const state = words("p", "card-small__facts", "");
  state.append(workShape(work, page), ` ${page.word("work-state", work.state)}`);
  const { textReported, textUnreported } = page.sentences;
  const reported = work.on ? fill(textReported, { percent: local(work.percent), day: day(work.on), by: work.by }) : (textUnreported ?? "");
  box.append(workLink(work, page), state, words("p", "", reported), ...watched(work, page).map((one) => words("p", "is-bad", one)), words("p", "card-small__foot", rupiah(work.amount)));
  return box;
}

export function workLink(work: Work, page: Page): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = page.workAddress(work.id);
  made.textContent = work.title;
  return made;
}

export function workShape(work: Work, page: Page): HTMLElement {
  const holder = words("span", `work-sign w-${work.state}`, "");
  holder.append(drawn(work, page, "shape"));
  return holder;
}

function watched(work: Work, page: Page): string[] {
  const { textLate, textSilent } = page.sentences;
  return [work.late ? fill(textLate, { days: work.late }) : "", work.silent ? fill(textSilent, { days: work.silent }) : ""].filter(Boolean);
}

function drawn(work: Work, page: Page, className: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${page.sprite}#w-${work.state}`);
  svg.append(use);
  return svg;
}

/** `2027-03-15` in the page's language: 15 Mar 2027. */
function day(written: string): string {
  return new Date(`${written}T12:00:00`).toLocaleDateString(document.documentElement.lang || "id", { day: "numeric", month: "short", year: "numeric" });
}

function local(number: number): string {
  return number.toLocaleString(document.documentElement.lang || "id");
}

function words(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
