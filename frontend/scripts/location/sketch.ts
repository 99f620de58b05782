/** A line or an area on the map, point by point: drawn, measured, and written into the text field that is sent. */

import * as L from "leaflet";

import { fill } from "../map/drawing.ts";
import { grouped } from "../numbers/amounts.ts";
import { area, length } from "./measures.ts";
import { read, write } from "./points.ts";
import type { Point } from "./typed.ts";

export type Kind = "point" | "line" | "area";

const MOST = 2000;
const MOST_DOTS = 200;

export class Sketch {
  points: Point[] = [];
  private readonly group: HTMLElement;
  private readonly panel: HTMLElement;
  private readonly text: HTMLTextAreaElement;
  private readonly told: HTMLElement | null;
  private readonly take: HTMLButtonElement | null;
  private readonly drawn: L.LayerGroup;
  private readonly changed: (source: "map" | "gps") => void;

  constructor(group: HTMLElement, panel: HTMLElement, text: HTMLTextAreaElement, map: L.Map, changed: (source: "map" | "gps") => void) {
    [this.group, this.panel, this.text, this.changed] = [group, panel, text, changed];
    this.told = panel.querySelector("[data-told]");
    this.take = panel.querySelector("[data-take]");
    this.drawn = L.layerGroup().addTo(map);
    for (const radio of this.radios()) radio.addEventListener("change", () => this.turn());
    panel.querySelector("[data-add]")?.addEventListener("click", () => {
      const { lng, lat } = map.getCenter();
      this.add({ lon: lng, lat });
    });
    panel.querySelector("[data-undo]")?.addEventListener("click", () => this.put(this.points.slice(0, -1)));
    panel.querySelector("[data-clear]")?.addEventListener("click", () => this.put([]));
    this.take?.addEventListener("click", () => this.toVolume());
    text.addEventListener("change", () => this.typed());
    const container = map.getContainer();
    container.addEventListener("keydown", (event) => {
      if (event.target === container && this.on) this.key(event, map.getCenter());
    });
    this.points = read(text.value) ?? [];
    this.show();
  }

  get kind(): Kind {
    return (this.radios().find((radio) => radio.checked)?.value as Kind | undefined) ?? "point";
  }

  /** Whether points are being drawn: then the needle is no position. */
  get on(): boolean {
    return this.kind !== "point";
  }

  get isWhole(): boolean {
    return this.on && this.points.length > (this.kind === "area" ? 2 : 1);
  }

  /** Metres, or square metres of an area. */
  get size(): number {
    return this.kind === "area" ? area(this.points) : length(this.points);
  }

  choose(kind: Kind): void {
    for (const radio of this.radios()) radio.checked = radio.value === kind;
    this.turn();
  }

  add(point: Point, source: "map" | "gps" = "map"): void {
    if (this.points.length >= MOST) this.say(this.panel.dataset.textFull ?? "");
    else this.put([...this.points, point], source);
  }

  /** Replaces all points. */
  put(points: Point[], source: "map" | "gps" = "map"): void {
    this.points = points;
    this.text.value = write(points);
    this.show();
    this.changed(source);
  }

  private key(event: KeyboardEvent, { lng, lat }: L.LatLng): void {
    if (event.key !== "Enter" && event.key !== "Backspace") return;
    event.preventDefault();
    if (event.key === "Enter") this.add({ lon: lng, lat });
    else this.put(this.points.slice(0, -1));
  }

  private radios(): HTMLInputElement[] {
    return [...this.group.querySelectorAll<HTMLInputElement>('[name="shape_kind"]')];
  }

  /** Another kind was chosen. One spot has no points, but they are not forgotten while the page is open. */
  private turn(): void {
    this.text.value = this.on ? write(this.points) : "";
    this.show();
    this.changed("map");
  }

  private typed(): void {
    const points = read(this.text.value);
    if (!points) return;
    this.points = points;
    if (points.length && !this.on) this.choose("line");
    this.show();
    this.changed("map");
  }

  private show(): void {
    this.panel.hidden = !this.on;
    this.group.dataset.kind = this.kind;
    this.drawn.clearLayers();
    if (!this.on) return;
    const places = this.points.map(({ lon, lat }) => L.latLng(lat, lon));
    for (const className of ["sketch-casing", `sketch-${this.kind}`]) {
      const options = { className, interactive: false };
      this.drawn.addLayer(this.kind === "area" ? L.polygon(places, options) : L.polyline(places, options));
    }
    // a recorded walk has hundreds: only what was drawn by hand shows each of its points
    const dots = places.length > MOST_DOTS ? places.slice(-1) : places;
    for (const place of dots) L.circleMarker(place, { radius: 5, className: "sketch-point", interactive: false }).addTo(this.drawn);
    this.tell();
  }

  private tell(): void {
    const { textFirst, textLine, textArea, textTake } = this.panel.dataset;
    const facts = { count: this.points.length, size: grouped(Math.round(this.size)) };
    this.say(facts.count ? fill(this.kind === "area" ? textArea : textLine, facts) : (textFirst ?? ""));
    if (!this.take) return;
    this.take.hidden = !this.isWhole;
    this.take.textContent = fill(textTake, { size: facts.size, unit: this.unit });
  }

  private say(words: string): void {
    if (this.told) this.told.textContent = words;
  }

  private get unit(): string {
    return this.kind === "area" ? "m2" : "m";
  }

  private toVolume(): void {
    const size = grouped(Math.round(this.size));
    for (const [name, value] of [["volume", size], ["unit", this.unit]] as const) {
      const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (!field) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.say(fill(this.panel.dataset.textTaken, { size, unit: this.unit }));
  }
}
