/**
 * What stands on the map: region bubbles, stage shapes with their outcome's mark, and piles. Real links, so that they
 * work by keyboard and open in a new tab. Shapes come from the sprite, words from the page's legend and data attributes.
 */

import type { Bubble, Single } from "./types.ts";

const SVG = "http://www.w3.org/2000/svg";
const RING = 2 * Math.PI * 15.5;

/** A diameter of 44 to 64 pixels that grows with the square root of the count; of 32 to 46 where many stand close. */
export function diameter(count: number, most: number, crowded = false): number {
  const [least, more] = crowded ? [32, 14] : [44, 20];
  return Math.round(least + more * Math.sqrt(count / Math.max(1, most)));
}

/** A disc with the count, the share funded as ring and percentage, the name and what is asked for. */
export function bubble(feature: Bubble, told: { most: number; percent: number; money: string; crowded: boolean }, address: string, sentence: string): HTMLAnchorElement {
  const link = anchor("bubble", address, sentence);
  link.dataset.region = feature.code;
  const size = diameter(feature.count, told.most, told.crowded);
  const disc = element("span", "bubble__disc");
  disc.style.width = disc.style.height = `${size}px`;
  disc.append(ring(feature.count ? feature.funded / feature.count : 0), figures(feature.count, told.crowded ? "" : `${told.percent}%`));
  link.append(disc, label(feature.name, told.money));
  return link;
}

/** Where regions are coloured: what the colour says, small enough to leave the region in sight. */
export function chip(feature: Bubble, value: string, address: string, sentence: string): HTMLAnchorElement {
  const link = anchor("bubble bubble--chip", address, sentence);
  link.dataset.region = feature.code;
  link.append(text("span", "bubble__chip", value), label(feature.name, ""));
  return link;
}

function figures(count: number, percent: string): HTMLElement {
  const made = element("span", "bubble__figures");
  made.append(text("span", "bubble__count", short(count)));
  if (percent) made.append(text("span", "bubble__percent", percent));
  return made;
}

function label(name: string, money: string): HTMLElement {
  const made = text("span", "bubble__name", name);
  if (money) made.append(text("span", "bubble__money", money));
  return made;
}

export function pin(feature: Single, { sprite, sign: channel }: { sprite: string; sign: string }, address: string, sentence: string): HTMLAnchorElement {
  const link = anchor(`pin pin--${feature.stage} pin--${mark(feature.outcome)}`, address, sentence);
  link.dataset.proposal = feature.id;
  link.append(use(sprite, `s-${feature.stage}`, "pin__shape"));
  const sign = SIGNS[mark(feature.outcome)];
  if (sign) link.append(drawn(sign));
  if (channel) link.append(text("span", "pin__sign", channel));
  return link;
}

export function pile(count: number, sentence: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pile";
  button.setAttribute("aria-label", sentence);
  button.append(text("span", "pile__count", `+${short(count)}`));
  return button;
}

/** A whole number with dots between groups of three. */
export function short(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** The marks that tell outcomes apart without colour; what is not listed stands as an open proposal does. */
type Mark = "open" | "funded" | "reserved" | "returned" | "rejected" | "closed";
const MARKS: Record<string, Mark> = {
  open: "open",
  funded: "funded",
  reserved: "reserved",
  returned: "returned",
  rejected: "rejected",
  withdrawn: "closed",
  merged: "closed",
  not_funded: "closed",
};
const SIGNS: Partial<Record<Mark, string>> = {
  funded: "M4.6 8.3 7 10.6 11.5 5.7",
  reserved: "M6.2 5.6v5M9.8 5.6v5",
  returned: "M11 9.9V8.6a1.6 1.6 0 0 0-1.6-1.6H5.2M7 5.2 5.2 7 7 8.8",
  rejected: "M5.8 5.8l4.4 4.4M10.2 5.8 5.8 10.2",
  closed: "M5.4 8h5.2",
};

export function mark(outcome: string): Mark {
  return MARKS[outcome] ?? "open";
}

function ring(share: number): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 36 36");
  svg.setAttribute("class", "bubble__ring");
  svg.setAttribute("aria-hidden", "true");
  svg.append(circle("bubble__all", null), circle("bubble__funded", `${(share * RING).toFixed(2)} ${RING.toFixed(2)}`));
  return svg;
}

function circle(className: string, dashes: string | null): SVGCircleElement {
  const made = document.createElementNS(SVG, "circle");
  for (const [name, value] of [["cx", "18"], ["cy", "18"], ["r", "15.5"], ["class", className]] as const) made.setAttribute(name, value);
  if (dashes) made.setAttribute("stroke-dasharray", dashes);
  return made;
}

function use(sprite: string, name: string, className: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const inside = document.createElementNS(SVG, "use");
  inside.setAttribute("href", `${sprite}#${name}`);
  svg.append(inside);
  return svg;
}

function drawn(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "pin__mark");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function anchor(className: string, address: string, sentence: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = className;
  link.href = address;
  link.draggable = false;
  link.setAttribute("aria-label", sentence);
  return link;
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function text(tag: string, className: string, words: string): HTMLElement {
  const made = element(tag, className);
  made.textContent = words;
  return made;
}
