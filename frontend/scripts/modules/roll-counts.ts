/**
 * Who is there, painted from the numbers of each arrival: two hundred people come in without one question to the server.
 * On the meeting's own page its room listens already, and passes on what it hears.
 */

import { Feed } from "../live/feed.ts";
import { quorum, women, type Counted } from "../roll/verdict.ts";

export function start(panel: HTMLElement): void {
  const { room, seq } = panel.dataset;
  document.addEventListener("musrenbang:presence", (event) => paint(panel, (event as CustomEvent<Counted>).detail));
  if (!room || document.querySelector('[data-module~="room"]')) return;
  new Feed(`/ws/meetings/${room}/`, Number(seq ?? "0"), {
    state: () => undefined,
    event: (event) => {
      if (event.kind === "presence") paint(panel, event as unknown as Counted);
    },
  }).start();
}

function paint(panel: HTMLElement, counted: Counted): void {
  const words = panel.querySelector<HTMLElement>("[data-roll-counts]")?.dataset ?? {};
  for (const name of ["total", "hall", "online", "women"] as const) put(panel, name, grouped(counted[name]));
  put(panel, "regions", `${counted.regions.represented}/${counted.regions.of}`);
  told(panel, "quorum", quorum(counted, words), counted.quorum.met);
  told(panel, "women_share", women(counted, words), counted.women_share.met);
}

function put(panel: HTMLElement, name: string, text: string): void {
  const place = panel.querySelector<HTMLElement>(`[data-roll="${name}"]`);
  if (place && place.textContent !== text) place.textContent = text;
}

function told(panel: HTMLElement, name: string, sentence: string, met: boolean | null): void {
  const place = panel.querySelector<HTMLElement>(`[data-roll="${name}"]`);
  if (!place) return;
  put(panel, name, sentence);
  place.hidden = !sentence;
  place.classList.toggle("ok", met === true);
  place.classList.toggle("warn", met !== true);
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ".");
}
