/** A small map with a fixed needle in its middle; the map moves under it. Villages are drawn from our own outlines. */

import * as L from "leaflet";

import { Outlines } from "../map/outlines.ts";
import { controls, ground } from "../map/frame.ts";

export interface Ground {
  map: L.Map;
  outlines: Outlines;
}

/** From this zoom on villages carry their names. */
const NAMES_FROM = 13;

export function needle(box: HTMLElement, texts: DOMStringMap): Ground {
  const map = ground(box, texts);
  controls(map, texts);
  const [west, south, east, north] = (texts.bounds ?? "").split(",").map(Number);
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) {
    map.fitBounds([[south, west], [north, east]], { animate: false });
  }
  const outlines = new Outlines(map, texts.outlines ?? "");
  const follow = (): void => {
    outlines.follow(map.getBounds(), map.getZoom());
    box.classList.toggle("is-street", map.getZoom() >= NAMES_FROM);
  };
  void outlines.draw(texts.home ?? "", "subdistrict").then(follow);
  map.on("moveend", follow);
  return { map, outlines };
}
