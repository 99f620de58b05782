/** The Leaflet map itself: no base map unless it is asked for, controls with the page's own words. */

import * as L from "leaflet";

/** An empty map in a box, reachable as one tab stop; arrows pan it, + and - zoom. */
export function ground(box: HTMLElement, texts: DOMStringMap): L.Map {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    zoomControl: false,
    attributionControl: false,
    minZoom: 4,
    zoomSnap: 0.5,
    maxZoom: 18,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
    maxBounds: [[-16, 88], [12, 148]],
  }).setView([-2, 118], 5);
  // A name on the box is only heard with a role; the words say what the keys do.
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", texts.textLabel ?? "");
  return map;
}

/** Zoom, "where am I", and the base map where the operator offers one. */
export function controls(map: L.Map, texts: DOMStringMap): void {
  L.control.zoom({ position: "topright", zoomInTitle: texts.textZoomIn ?? "", zoomOutTitle: texts.textZoomOut ?? "", zoomInText: "+", zoomOutText: "−" }).addTo(map);
  const offer = document.querySelector<HTMLButtonElement>("[data-show-base]");
  if (!offer || !texts.base) return;
  const address = texts.base;
  offer.hidden = false;
  offer.addEventListener("click", () => {
    L.tileLayer(address, { maxZoom: 18, className: "atlas-base" }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(texts.baseCredit ?? "").addTo(map);
    map.getContainer().classList.add("has-base");
    offer.hidden = true;
  });
}
