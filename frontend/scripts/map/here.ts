/** "Where am I": one reading of the device's position, shown with its accuracy; the village that holds it comes into focus. */

import * as L from "leaflet";

import { fill } from "./drawing.ts";

interface At {
  village?: { code?: string };
  code?: string;
}

/** Adds the button below the zoom; `chosen` is told the code of the village found, `say` the sentence for everybody. */
export function here(map: L.Map, texts: DOMStringMap, chosen: (code: string) => void, say: (sentence: string) => void): void {
  if (!("geolocation" in navigator)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "atlas-here";
  button.setAttribute("aria-label", texts.textHere ?? "");
  button.title = texts.textHere ?? "";
  button.append(sign(texts.sprite ?? ""));
  const marks = L.layerGroup().addTo(map);
  button.addEventListener("click", () => {
    say(texts.textHereBusy ?? "");
    const failed = (): void => say(texts.textHereFailed ?? "");
    const found = ({ coords }: GeolocationPosition): void => {
      marks.clearLayers();
      const at = L.latLng(coords.latitude, coords.longitude);
      L.circle(at, { radius: coords.accuracy, className: "here-around", interactive: false }).addTo(marks);
      L.circleMarker(at, { radius: 7, className: "here-point", interactive: false }).addTo(marks);
      void village(texts.at ?? "", coords).then((code) => {
        say(fill(code ? texts.textHereFound : texts.textHereOutside, { metres: Math.round(coords.accuracy) }));
        if (code) chosen(code);
        else map.setView(at, Math.max(map.getZoom(), 12));
      });
    };
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 });
  });
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const box = document.createElement("div");
    box.className = "leaflet-bar";
    box.append(button);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
}

async function village(address: string, { latitude, longitude }: GeolocationCoordinates): Promise<string> {
  const answer = await fetch(address.replace("{lat}", latitude.toFixed(6)).replace("{lon}", longitude.toFixed(6))).catch(() => null);
  if (!answer?.ok) return "";
  const facts = (await answer.json()) as At;
  return facts.code ?? facts.village?.code ?? "";
}

function sign(sprite: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#i-current-location`);
  svg.append(use);
  return svg;
}
