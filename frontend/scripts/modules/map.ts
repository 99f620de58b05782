/**
 * The map of proposals: our own outlines, region bubbles, then single proposals. Same filters as the list, kept in the
 * address; the list beside it follows. Counts are asked again every five seconds while the page is seen.
 */

import * as L from "leaflet";

import { Drawing } from "../map/drawing.ts";
import { page } from "../map/page.ts";
import { Outlines } from "../map/outlines.ts";
import { Places, type Settled } from "../map/places.ts";
import { Tiles } from "../map/tiles.ts";
import { controls, ground } from "../map/frame.ts";
import { here } from "../map/here.ts";

const EVERY = document.documentElement.dataset.saver === "on" ? 30_000 : 5_000;
/** The length of a village's code, 61.12.01.2001. */
const VILLAGE = 13;
/** A map from this width on shows each level one zoom later than a phone's: it has room for the ground. */
const WIDE = 600;
/** No level comes more than so many zooms early. */
const MOST_EARLY = 1.5;
/** Room for the bubbles that stand at a region's edge, in pixels. */
const EDGE = L.point(64, 84);

export function start(stage: HTMLElement): void {
  const box = stage.querySelector<HTMLElement>("[data-canvas]");
  const form = document.querySelector<HTMLFormElement>("[data-filters]");
  const list = document.querySelector<HTMLElement>("[data-list]");
  const status = document.querySelector<HTMLElement>("[data-status]");
  if (box && form && list && status) new Atlas(stage, box, form, list, status).begin();
}

class Atlas {
  private readonly map: L.Map;
  private readonly places: Places;
  private readonly drawing: Drawing;
  private readonly outlines: Outlines;
  private readonly tiles: Tiles;
  private readonly form: HTMLFormElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private readonly home: string;
  /** The first zooms of the nation's provinces, then of districts, sub-districts, villages, single proposals. */
  private readonly steps: readonly number[];
  /** The first zoom at which single proposals stand. */
  private readonly street: number;
  private loading: AbortController | null = null;
  /** How much earlier than usual the levels come, for the region in focus. */
  private early = 0;
  /** The map moves because a region was chosen, not because somebody looks around. */
  private steered = false;

  constructor(stage: HTMLElement, box: HTMLElement, form: HTMLFormElement, list: HTMLElement, status: HTMLElement) {
    this.form = form;
    this.list = list;
    this.status = status;
    this.home = stage.dataset.home ?? "";
    stage.classList.add("is-live");
    this.map = ground(box, stage.dataset);
    this.places = new Places(form, list);
    this.outlines = new Outlines(this.map, stage.dataset.outlines ?? "");
    this.steps = (stage.dataset.steps ?? "0").split(" ").map(Number);
    this.street = Math.max(...this.steps);
    this.tiles = new Tiles(stage.dataset.tiles ?? "", this.steps);
    this.drawing = new Drawing(this.map, page(stage));
    controls(this.map, stage.dataset);
    here(this.map, stage.dataset, (code) => this.focus(code), (sentence) => (this.status.textContent = sentence));
  }

  begin(): void {
    this.places.recall(location.search);
    this.outlines.paint(this.places.painted().bands);
    const looked = this.places.at;
    this.go(this.places.read(), { animate: false });
    if (looked) this.map.setView([looked[0], looked[1]], looked[2], { animate: false });
    this.steered = false; // nobody listened yet
    void this.outlines.draw(this.home, "subdistrict").then(() => this.outlines.follow(this.map.getBounds(), this.map.getZoom()));
    this.map.on("moveend", () => this.moved());
    this.map.getContainer().addEventListener("click", (event) => this.chosen(event));
    this.list.addEventListener("click", (event) => this.chosen(event));
    for (const kind of ["pointerover", "focusin"]) this.list.addEventListener(kind, (event) => this.light(event.target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.settle("replace");
    });
    this.form.addEventListener("change", () => void this.settle("replace"));
    window.addEventListener("popstate", () => {
      this.places.recall(location.search);
      void this.settle("none");
    });
    window.setInterval(() => document.visibilityState === "visible" && void this.load({ fresh: true }), EVERY);
    void this.load({ fresh: false });
  }

  /** A region was chosen, on the map or in the list: it comes into focus without a new page. */
  private chosen(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = (event.target as Element).closest<HTMLElement>("a[data-region]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.clear) this.places.clear(link.dataset.clear);
    this.focus(link.dataset.region ?? "");
  }

  private focus(code: string): void {
    this.places.region = code;
    this.places.at = null;
    void this.settle("push").then(() => this.map.getContainer().focus({ preventScroll: true }));
  }

  private async settle(history: "push" | "replace" | "none"): Promise<void> {
    if (history !== "none") this.places.remember(history);
    const before = this.places.read().region;
    const settled = await this.places.settle();
    if (!settled) return;
    this.status.textContent = settled.sentence;
    this.outlines.paint(this.places.painted().bands);
    const lines = document.querySelector<HTMLElement>("[data-lines]");
    if (lines) lines.textContent = settled.warning || (lines.dataset.rest ?? "");
    if (settled.region === before) await this.load({ fresh: false });
    else this.go(settled, { animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  /** Somebody looked around: the address says what is seen, so that it can be sent to others. */
  private moved(): void {
    if (!this.steered) {
      const { lat, lng } = this.map.getCenter();
      this.places.at = [lat, lng, this.map.getZoom()];
      this.places.remember("replace");
    }
    this.steered = false;
    void this.load({ fresh: false });
  }

  private go({ region, bounds }: Settled, { animate }: { animate: boolean }): void {
    this.outlines.choose(region);
    this.outlines.open(region);
    if (!bounds) {
      void this.load({ fresh: false });
      return;
    }
    const box = L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
    const whole = this.map.getBoundsZoom(box, false, EDGE);
    this.steered = true;
    this.map.setView(box.getCenter(), this.nearness(region, whole), { animate });
  }

  /** The whole region, and not so near that what is below it is passed over: levels come earlier where that shows them. */
  private nearness(region: string, whole: number): number {
    const street = this.street + this.later();
    const isVillage = region.length === VILLAGE;
    const below = isVillage ? street : (this.steps[region.startsWith("indo") ? 0 : region.split(".").length] ?? this.street) + this.later();
    const zoom = isVillage ? Math.max(whole, street - MOST_EARLY) : Math.min(whole, street - 0.5);
    this.early = below - zoom <= MOST_EARLY ? Math.max(0, below - zoom) : 0;
    return zoom;
  }

  /** How many zooms later than on a phone this map goes from one level to the next. */
  private later(): number {
    return this.map.getSize().x >= WIDE ? 1 : 0;
  }

  private async load({ fresh }: { fresh: boolean }): Promise<void> {
    const bounds = this.map.getBounds();
    const zoom = Math.max(0, this.map.getZoom() - this.later() + this.early);
    this.outlines.follow(bounds, zoom);
    this.map.getContainer().classList.toggle("is-street", zoom >= this.street);
    if (!fresh) this.loading?.abort();
    else if (this.loading && !this.loading.signal.aborted) return; // a view is still arriving
    const loading = (this.loading = new AbortController());
    const query = this.places.filters();
    const view = { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth(), zoom };
    try {
      const { features, changed } = await this.tiles.of(view, query.toString(), { fresh }, loading.signal);
      if (loading.signal.aborted || (fresh && !changed)) return;
      const region = this.places.read().region;
      this.drawing.show(features, { values: this.places.painted().values, focus: region === "indonesia" ? "" : region });
      if (fresh) await this.places.settle();
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error; // overtaken, or no network: what stands stays
    } finally {
      if (this.loading === loading) this.loading = null;
    }
  }

  private light(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
    for (const lit of this.map.getContainer().querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
    if (row?.dataset.row) this.drawing.find(row.dataset.row)?.classList.add("is-lit");
  }
}
