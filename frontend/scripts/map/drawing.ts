/** Puts a view's features on the map in the order of the list, as real links. */

import * as L from "leaflet";

import { card, many } from "./cards.ts";
import { bubble, chip, diameter, pile, pin } from "./marks.ts";
import { key } from "./tiles.ts";
import { apart, crowded, sides, standing, type Box, type Labelled, type Side } from "./names.ts";
import { rupiahShort } from "../numbers/told.ts";
import { Shapes } from "./shapes.ts";
import { spots } from "./spots.ts";
import type { Bubble, Feature, More, Place, Single, Work } from "./types.ts";
import { workCard, workPin } from "./works.ts";

/** About the width of a letter of a name, in pixels. */
const LETTER = 6.6;

/** The page's words and addresses, from the data attributes of the map. */
export interface Page {
  sprite: string;
  sentences: DOMStringMap;
  /** The legend's word of a stage or an outcome. */
  word(kind: "stage" | "outcome" | "channel" | "work-state", code: string): string;
  /** The letter of a channel, empty for the village's own. */
  sign(channel: string): string;
  regionAddress(code: string): string;
  proposalAddress(number: string): string;
  workAddress(id: string): string;
}

export class Drawing {
  private readonly map: L.Map;
  private readonly page: Page;
  private readonly marks: L.LayerGroup;
  private readonly shapes: Shapes;

  constructor(map: L.Map, page: Page) {
    this.map = map;
    this.page = page;
    this.shapes = new Shapes(map);
    this.marks = L.layerGroup().addTo(map);
  }

  /**
   * Replaces what is drawn. A person who was on a bubble by keyboard stays on it. Where regions are coloured, `values`
   * says by code what stands on each instead of its bubble.
   */
  show(features: Feature[], { values, focus }: { values: ReadonlyMap<string, string>; focus: string }): void {
    const held = this.map.getContainer().contains(document.activeElement) ? name(document.activeElement) : "";
    this.marks.clearLayers();
    this.shapes.show(features);
    this.values = values;
    const regions = this.chosen(features.filter((feature): feature is Bubble => feature.type === "region").sort(order), focus);
    const most = Math.max(1, ...regions.map((region) => region.count));
    const homes = regions.map((region) => this.labelled(region, most));
    const moved = apart(homes).map((place, index) => ({ ...homes[index]!, ...place }));
    const named = sides(moved, this.view());
    regions.forEach((region, index) => {
      const [home, place] = [homes[index]!, moved[index]!];
      this.put(region.at, this.bubble(region, most, named[index] ?? "below"), [home.x - place.x, home.y - place.y]);
    });
    this.piles(features.filter((feature): feature is Single | Work => feature.type === "proposal" || feature.type === "work"));
    for (const more of features.filter((feature): feature is More => feature.type === "more")) this.more(more);
    if (held) this.find(held)?.focus({ preventScroll: true });
  }

  /** The regions that stand: all, or where they would crowd those of the region in focus; of coloured ones those with room. */
  private chosen(regions: Bubble[], focus: string): Bubble[] {
    const { x, y } = this.map.getSize();
    const [left, top, right, bottom] = this.view();
    const seen = regions.filter((region) => {
      const point = this.map.latLngToLayerPoint([region.at[1], region.at[0]]);
      return point.x >= left && point.x <= right && point.y >= top && point.y <= bottom;
    });
    this.crowded = crowded(seen.length, x, y);
    const inside = seen.filter((region) => region.code.startsWith(focus));
    const valued = regions.filter((region) => this.values.has(region.code));
    if (!valued.length) return this.crowded && inside.length ? inside : regions; // nothing coloured, or seen from too near
    const stands = standing(valued.map((region) => this.chipBox(region)));
    return valued.filter((_region, index) => stands[index]);
  }

  private chipBox(region: Bubble): Box {
    const { x, y } = this.map.latLngToLayerPoint([region.at[1], region.at[0]]);
    const half = ((this.values.get(region.code) ?? "").length * LETTER * 1.15 + 22) / 2;
    return [x - half, y - 14, x + half, y + 14];
  }

  private crowded = false;

  /** The link that stands for a region or a proposal, or null. */
  find(key: string): HTMLElement | null {
    const quoted = CSS.escape(key);
    return this.map.getContainer().querySelector<HTMLElement>(`[data-region="${quoted}"], [data-proposal="${quoted}"]`);
  }

  private values: ReadonlyMap<string, string> = new Map();

  private bubble(region: Bubble, most: number, side: Side): HTMLElement {
    const { name, count, funded } = region;
    const address = this.page.regionAddress(region.code);
    const value = this.values.get(region.code);
    const [percent, money] = [count ? Math.round((100 * funded) / count) : 0, region.amount ? rupiahShort(region.amount) : ""];
    const link = value
      ? chip(region, value, address, fill(this.page.sentences.textValue, { name, value, count }))
      : bubble(region, { most, percent, money: this.wide() ? money : "", crowded: this.crowded }, address, fill(this.page.sentences.textMoney, { name, count, funded, percent, money }));
    link.classList.add(side ? `is-${side}` : "is-nameless");
    return link;
  }

  private labelled(region: Bubble, most: number): Labelled {
    const { x, y } = this.map.latLngToLayerPoint([region.at[1], region.at[0]]);
    const chipped = this.values.has(region.code);
    return { x, y, r: chipped ? 15 : diameter(region.count, most, this.crowded) / 2, width: chipped && !this.wide() ? Infinity : region.name.length * LETTER, lines: !chipped && this.wide() ? 2 : 1 };
  }

  /** Whether there is room for rupiah below the names. */
  private wide(): boolean {
    return this.map.getSize().x >= 600;
  }

  private view(): Box {
    const { min, max } = this.map.getPixelBounds();
    const origin = this.map.getPixelOrigin();
    return [min!.x - origin.x, min!.y - origin.y, max!.x - origin.x, max!.y - origin.y];
  }

  private piles(found: (Single | Work)[]): void {
    const sorted = [...found].sort((one, other) => (key(one) < key(other) ? -1 : 1));
    const position = (proposal: Single | Work): L.Point => this.map.latLngToLayerPoint([proposal.at[1], proposal.at[0]]);
    for (const { items } of spots(sorted, position)) {
      const [first] = items;
      if (!first) continue;
      this.put(first.at, items.length === 1 ? this.single(first) : this.pile(items));
    }
  }

  private single(proposal: Single | Work): HTMLElement {
    if (proposal.type === "work") {
      const work = workPin(proposal, this.page);
      this.opens(work, proposal.at, () => workCard(proposal, this.page));
      return work;
    }
    const stage = this.page.word("stage", proposal.stage);
    const outcome = this.page.word("outcome", proposal.outcome);
    const sentence = fill(this.page.sentences.textProposal, { title: proposal.title, stage, outcome });
    const channel = this.page.sign(proposal.channel);
    const told = channel ? `${sentence} ${this.page.word("channel", proposal.channel)}.` : sentence;
    const link = pin(proposal, { sprite: this.page.sprite, sign: channel }, this.page.proposalAddress(proposal.number), told);
    this.opens(link, proposal.at, () => card(proposal, this.page));
    return link;
  }

  private pile(items: (Single | Work)[]): HTMLElement {
    const [first] = items as [Single | Work];
    const button = pile(items.length, fill(this.page.sentences.textPile, { count: items.length }));
    this.opens(button, first.at, () => many(items, this.page));
    return button;
  }

  private more(more: More): void {
    const button = pile(more.count, fill(this.page.sentences.textMore, { count: more.count }));
    button.addEventListener("click", () => this.map.setView([more.at[1], more.at[0]], this.map.getZoom() + 2));
    this.put(more.at, button);
  }

  private opens(mark: HTMLElement, [lon, lat]: Single["at"], content: () => HTMLElement): void {
    mark.addEventListener("click", (event) => {
      if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation(); // the map would close the card again: it was pressed as well
      const popup = L.popup({ offset: [0, -10], maxWidth: 280, minWidth: 220, className: "card-popup" });
      popup.setLatLng([lat, lon]).setContent(content()).openOn(this.map);
      popup.getElement()?.querySelector<HTMLElement>("a[href]:not([href='#close'])")?.focus({ preventScroll: true });
      this.map.once("popupclose", () => mark.isConnected && mark.focus({ preventScroll: true }));
    });
  }

  private put([lon, lat]: Place, mark: HTMLElement, anchor: [number, number] = [0, 0]): void {
    const icon = L.divIcon({ html: mark, className: "mark", iconSize: [0, 0], iconAnchor: anchor });
    L.marker([lat, lon], { icon, keyboard: false, interactive: false }).addTo(this.marks);
    // by keyboard only: a map that moves under a pressed finger takes the press away
    mark.addEventListener("focus", () => mark.matches(":focus-visible") && this.map.panInside([lat, lon], { padding: [60, 60] }));
  }
}

function order(one: Bubble, other: Bubble): number {
  return other.count - one.count || (one.code < other.code ? -1 : 1);
}

function name(element: Element | null): string {
  return element instanceof HTMLElement ? (element.dataset.region ?? element.dataset.proposal ?? "") : "";
}

/** A sentence of the page with its places filled: `{count} usulan`. */
export function fill(sentence: string | undefined, facts: Record<string, string | number>): string {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (_whole, key: string) => String(facts[key] ?? ""));
}
