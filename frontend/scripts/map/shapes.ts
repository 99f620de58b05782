/** Lines and areas of proposals below the shapes of their stages: a line with a light casing, an area lightly filled. */

import * as L from "leaflet";

import { mark } from "./marks.ts";
import type { Feature, Shape } from "./types.ts";

export class Shapes {
  private readonly group: L.LayerGroup;

  constructor(map: L.Map) {
    map.createPane("drawn").classList.add("atlas-drawn");
    this.group = L.layerGroup().addTo(map);
  }

  /** Replaces what is drawn; a shape that two tiles tell of is drawn once. */
  show(features: readonly Feature[]): void {
    this.group.clearLayers();
    const seen = new Set<string>();
    for (const feature of features) {
      if ((feature.type !== "proposal" && feature.type !== "shape") || !feature.shape || seen.has(feature.id)) continue;
      seen.add(feature.id);
      this.put(feature.shape, `drawn--${feature.stage} drawn--${mark(feature.outcome)}`);
    }
  }

  private put(shape: Shape, names: string): void {
    const area = shape.type.includes("Polygon");
    const classes = area ? [`drawn drawn-area ${names}`] : ["drawn drawn-casing", `drawn drawn-line ${names}`];
    for (const className of classes) L.geoJSON(shape, { interactive: false, pane: "drawn", style: () => ({ className }) }).addTo(this.group);
  }
}
