/** Our own picture instead of a base map: outlines of sub-districts, and of villages where the view is near enough. */

import * as L from "leaflet";

interface Drawn {
  code: string;
  layer: L.Path & { getBounds(): L.LatLngBounds };
}

/** From this zoom on villages are drawn, up to that one provinces and their kabupaten. */
const VILLAGES_FROM = 9;
const DISTRICTS_FROM = 5.5;
const NATION_TO = 8.5;
/** What lies below a region, by the parts of its code; the nation has none. */
const BELOW = ["province", "district", "subdistrict", "village"];
const NATION = "indonesia";
const PANES: Readonly<Record<string, string>> = { province: "nation", district: "nation", subdistrict: "ground", village: "lines" };

export class Outlines {
  private readonly map: L.Map;
  private readonly address: string;
  private readonly drawn = new Map<string, Drawn>();
  private readonly asked = new Set<string>();
  private chosen = "";

  constructor(map: L.Map, address: string) {
    this.map = map;
    this.address = address;
    map.createPane("nation").classList.add("atlas-nation");
    map.createPane("ground").classList.add("atlas-ground");
    map.createPane("lines").classList.add("atlas-lines");
    map.createPane("names").classList.add("atlas-names");
  }

  /** Draws the regions below one region, once. */
  async draw(code: string, level: string): Promise<void> {
    const name = `${code} ${level}`;
    if (this.asked.has(name)) return;
    this.asked.add(name);
    const path = code ? this.address.replace("{code}", code) : this.address.replace("{code}/", "");
    const answer = await fetch(path.replace("{level}", level)).catch(() => null);
    if (!answer?.ok) {
      this.asked.delete(name); // the next view asks again
      return;
    }
    const className = `outline outline--${level}`;
    const pane = PANES[level] ?? "ground";
    L.geoJSON((await answer.json()) as GeoJSON.FeatureCollection, {
      interactive: false,
      style: () => ({ className, pane }),
      pane,
      onEachFeature: (feature, layer) => this.keep(feature, layer as Drawn["layer"]),
    }).addTo(this.map);
    this.choose(this.chosen);
    this.paint(this.bands);
  }

  /** Draws what lies right below a region. */
  open(region: string): void {
    const code = region === NATION ? "" : region;
    const level = BELOW[code ? code.split(".").length : 0];
    if (level) void this.draw(code, level);
  }

  /** Colours regions by their class; all others stand as ground. */
  paint(bands: ReadonlyMap<string, string>): void {
    this.bands = bands;
    for (const { code, layer } of this.drawn.values()) {
      const path = layer.getElement();
      for (const name of [...(path?.classList ?? [])]) if (name.startsWith("band-")) path?.classList.remove(name);
      const band = bands.get(code);
      if (band) path?.classList.add(`band-${band}`);
    }
  }

  private bands: ReadonlyMap<string, string> = new Map();

  /** Draws what a view needs that is not there yet: the villages of the sub-districts in sight. */
  follow(view: L.LatLngBounds, zoom: number): void {
    if (zoom <= NATION_TO) this.around(view, zoom);
    if (zoom < VILLAGES_FROM) return;
    for (const { code, layer } of [...this.drawn.values()]) {
      if (code.length === 8 && view.intersects(layer.getBounds())) void this.draw(code, "village");
    }
  }

  /** Provinces, and from nearer the kabupaten of those in sight; where nobody loaded their lines the answer is short. */
  private around(view: L.LatLngBounds, zoom: number): void {
    void this.draw("", "province");
    if (zoom < DISTRICTS_FROM) return;
    for (const { code, layer } of [...this.drawn.values()]) {
      if (code.length === 2 && view.intersects(layer.getBounds())) void this.draw(code, "district");
    }
  }

  /** Marks the region in focus. */
  choose(code: string): void {
    this.drawn.get(this.chosen)?.layer.getElement()?.classList.remove("is-chosen");
    this.chosen = code;
    const path = this.drawn.get(code)?.layer;
    path?.getElement()?.classList.add("is-chosen");
    path?.bringToFront();
  }

  private keep(feature: GeoJSON.Feature, layer: Drawn["layer"]): void {
    const facts = feature.properties ?? {};
    const code = String(facts.code ?? feature.id ?? "");
    this.drawn.set(code, { code, layer });
    const [lon, lat] = Array.isArray(facts.anchor) ? (facts.anchor as number[]) : [];
    if (facts.kind && code.length === 13 && typeof lon === "number" && typeof lat === "number") this.name(String(facts.name ?? ""), lat, lon);
  }

  /** A village's name, seen where single proposals stand (the bubbles before carry their own). */
  private name(text: string, lat: number, lon: number): void {
    const words = document.createElement("span");
    words.className = "outline-name";
    words.textContent = text;
    words.setAttribute("aria-hidden", "true");
    const icon = L.divIcon({ html: words, className: "mark", iconSize: [0, 0] });
    L.marker([lat, lon], { icon, keyboard: false, interactive: false, pane: "names" }).addTo(this.map);
  }
}
