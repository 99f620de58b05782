/**
 * Where is it? By GPS, by moving the map under a fixed needle, by tapping, by arrows, by typed coordinates or from a
 * photo: each fills the same fields (lon, lat, source, accuracy) and the server names the village of the point.
 * Without this script the fields are typed and the village is chosen from the list.
 */

import * as L from "leaflet";

import { search, type Fix } from "../location/gps.ts";
import { needle } from "../location/needle.ts";
import { Place } from "../location/place.ts";
import { Sketch } from "../location/sketch.ts";
import { degrees, sent, type Point } from "../location/typed.ts";
import { Walk } from "../location/walk.ts";
import type { Outlines } from "../map/outlines.ts";
import { fill } from "../map/drawing.ts";

type Source = "map" | "gps" | "typed" | "exif";

export function start(group: HTMLElement): void {
  const box = group.querySelector<HTMLElement>("[data-canvas]");
  const field = (name: string) => group.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const [lon, lat, source, accuracy] = [field("lon"), field("lat"), field("source"), field("accuracy")];
  if (box && lon && lat && source && accuracy) new Picker(group, box, { lon, lat, source, accuracy }).begin();
}

type Fields = Record<"lon" | "lat" | "source" | "accuracy", HTMLInputElement>;

class Picker {
  private readonly group: HTMLElement;
  private readonly fields: Fields;
  private readonly map: L.Map;
  private readonly outlines: Outlines;
  private readonly place: Place;
  private readonly sketch: Sketch | null;
  private byScript = false;

  constructor(group: HTMLElement, box: HTMLElement, fields: Fields) {
    this.group = group;
    group.classList.add("is-live"); // first: a hidden box has no size to draw a map in
    this.fields = fields;
    this.place = new Place(group);
    const { map, outlines } = needle(box, group.dataset);
    this.map = map;
    this.outlines = outlines;
    this.sketch = this.sketched();
  }

  /** Lines and areas, where the page offers them. */
  private sketched(): Sketch | null {
    const panel = this.group.querySelector<HTMLElement>("[data-sketch]");
    const text = this.group.querySelector<HTMLTextAreaElement>('[name="shape"]');
    if (!panel || !text) return null;
    const sketch = new Sketch(this.group, panel, text, this.map, (source) => this.sketchChanged(source));
    new Walk(panel, sketch);
    return sketch;
  }

  begin(): void {
    const { lon, lat } = this.fields;
    const held = this.typed();
    if (this.sketch?.isWhole) this.fit(this.sketch.points);
    else if (held) this.look(held);
    for (const input of [lon, lat]) input.addEventListener("change", () => this.typedIn());
    this.map.on("click", (event: L.LeafletMouseEvent) => this.tapped({ lon: event.latlng.lng, lat: event.latlng.lat }));
    this.map.on("moveend", () => this.moved());
    this.group.querySelector("[data-gps]")?.addEventListener("click", (event) => this.gps(event.currentTarget as HTMLButtonElement));
    document.addEventListener("musrenbang:position", (event) => {
      const { lon: east, lat: north, source } = (event as CustomEvent<Point & { source: Source }>).detail;
      this.take({ lon: east, lat: north }, source);
      this.group.scrollIntoView({ block: "start" });
    });
    const village = document.querySelector<HTMLSelectElement>('[name="village"]');
    if (village) this.outlines.choose(village.value);
    village?.addEventListener("change", () => {
      this.place.claim(village);
      this.toVillage(village);
    });
  }

  private tapped(point: Point): void {
    if (this.sketch?.on) this.sketch.add(point);
    else this.take(point, "map");
  }

  /** A line or an area brings its own point, which the server puts on it; one spot is where the needle stands. */
  private sketchChanged(source: "map" | "gps"): void {
    const { sketch } = this;
    if (!sketch) return;
    if (!sketch.on) {
      this.moved();
      return;
    }
    const middle = sketch.points[Math.floor(sketch.points.length / 2)];
    if (!middle) return;
    const last = sketch.points.at(-1);
    if (source === "gps" && last && !this.map.getBounds().contains([last.lat, last.lon])) this.look(last);
    this.fields.lon.value = this.fields.lat.value = this.fields.accuracy.value = "";
    this.fields.source.value = source;
    void this.place.ask(middle);
  }

  private fit(points: Point[]): void {
    this.byScript = true;
    this.map.fitBounds(L.latLngBounds(points.map(({ lat, lon }) => [lat, lon])), { animate: false, padding: [30, 30], maxZoom: 17 });
    this.byScript = false;
  }

  /** The map was moved by hand: the needle stands over another place. */
  private moved(): void {
    if (this.byScript || this.sketch?.on) {
      this.byScript = false;
      return;
    }
    const { lng, lat } = this.map.getCenter();
    this.write({ lon: lng, lat }, "map");
  }

  private take(point: Point, source: Source, metres?: number): void {
    this.look(point);
    this.write(point, source, metres);
  }

  private look({ lon, lat }: Point): void {
    this.byScript = true;
    this.map.setView([lat, lon], Math.max(16, this.map.getZoom()), { animate: false });
    this.byScript = false; // without animation "moveend" came already
  }

  private write(point: Point, source: Source, metres?: number): void {
    this.fields.lon.value = sent(point.lon);
    this.fields.lat.value = sent(point.lat);
    this.fields.source.value = source;
    this.fields.accuracy.value = metres === undefined ? "" : String(metres);
    void this.place.ask(point, metres);
  }

  private typed(): Point | null {
    const [lon, lat] = [degrees(this.fields.lon.value, 180), degrees(this.fields.lat.value, 90)];
    return lon === null || lat === null ? null : { lon, lat };
  }

  private typedIn(): void {
    const point = this.typed();
    if (point) this.take(point, "typed");
  }

  private gps(button: HTMLButtonElement): void {
    const texts = this.group.dataset;
    if (!("geolocation" in navigator)) {
      this.place.say("warn", texts.textNoGps ?? "");
      return;
    }
    button.disabled = true;
    search({
      tick: (seconds, best) => this.place.say("", fill(best ? texts.textSearchingNear : texts.textSearching, { seconds, metres: best?.accuracy ?? "" })),
      end: (best, denied) => {
        button.disabled = false;
        this.found(best, denied);
      },
    });
  }

  private found(best: Fix | null, denied: boolean): void {
    const texts = this.group.dataset;
    if (best) this.take(best, "gps", best.accuracy);
    else this.place.say("warn", (denied ? texts.textDenied : texts.textNoFix) ?? "");
  }

  /** Choosing a village shows it, as long as no point was given. */
  private toVillage(select: HTMLSelectElement): void {
    this.outlines.choose(select.value);
    const [lon, lat] = (select.selectedOptions[0]?.dataset.anchor ?? "").split(",").map(Number);
    if (this.typed() || lon === undefined || lat === undefined || !Number.isFinite(lon) || !Number.isFinite(lat)) return;
    this.byScript = true;
    this.map.setView([lat, lon], 14, { animate: false });
    this.byScript = false;
  }
}
