/**
 * The wall of a meeting: follows the item in hand, keeps the last state with its time when the line drops. Keys: arrows turn
 * to the item before and after, D to the discussion, K to contrast; they press the links that stand at the foot.
 */

import { Feed } from "../live/feed.ts";

const KEYS: Record<string, string> = { ArrowLeft: "before", PageUp: "before", ArrowRight: "after", PageDown: "after", d: "talk", k: "contrast" };
const TOGETHER = 400;

export function start(wall: HTMLElement): void {
  const { room, seq } = wall.dataset;
  if (!room) return;
  const shown = new Shown(wall);
  document.addEventListener("keydown", (press) => {
    const name = KEYS[press.key.length === 1 ? press.key.toLowerCase() : press.key];
    if (!name || press.ctrlKey || press.metaKey || press.altKey) return;
    press.preventDefault();
    wall.querySelector<HTMLAnchorElement>(`[data-key="${name}"]`)?.click();
  });
  wall.addEventListener("click", (click) => shown.turn(click));
  new Feed(`/ws/meetings/${room}/`, Number(seq ?? "0"), {
    state: (state) => shown.line(state !== "reconnecting"),
    event: (event) => shown.hear(event.kind),
  }).start();
  window.setInterval(tick, 10_000);
}

class Shown {
  private readonly wall: HTMLElement;
  private search = location.search;
  private at = new Date();
  private timer = 0;

  constructor(wall: HTMLElement) {
    this.wall = wall;
  }

  /** A move of the agenda brings the wall back to the item in hand. */
  hear(kind: string): void {
    this.at = new Date();
    if (kind === "agenda") this.search = withoutItem(this.search);
    if (!this.timer) {
      this.timer = window.setTimeout(() => {
        this.timer = 0;
        void this.show();
      }, TOGETHER);
    }
  }

  line(holds: boolean): void {
    const told = this.wall.querySelector<HTMLElement>("[data-wall-lost]");
    if (!told) return;
    if (holds) this.at = new Date();
    told.hidden = holds;
    if (!holds) told.textContent = (this.wall.dataset.textLost ?? "").replace("{time}", hour(this.at));
  }

  /** Items and the discussion turn in place; contrast needs its own style and loads the page. */
  turn(click: MouseEvent): void {
    const link = (click.target as Element | null)?.closest<HTMLAnchorElement>("[data-key]");
    if (!link || link.dataset.key === "contrast") return;
    click.preventDefault();
    this.search = new URL(link.href).search;
    history.replaceState(null, "", location.pathname + this.search);
    void this.show();
  }

  private async show(): Promise<void> {
    const place = this.wall.querySelector("[data-wall-contents]");
    try {
      const answer = await fetch((this.wall.dataset.address ?? "") + this.search, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok || !place) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...Array.from(page.body.childNodes, (node) => document.importNode(node, true)));
      this.line(true);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.line(false);
    }
  }
}

function withoutItem(search: string): string {
  const asked = new URLSearchParams(search);
  asked.delete("butir");
  asked.delete("bahas");
  return asked.size ? `?${asked}` : "";
}

/** The hour in the corner goes on from the server's, with its own letters of the zone. */
function tick(): void {
  const place = document.querySelector<HTMLElement>("[data-wall-clock]");
  const begun = Date.parse(place?.dataset.wallClock ?? "");
  if (!place || Number.isNaN(begun)) return;
  const [first = "00.00", ...zone] = (place.dataset.first ??= place.textContent ?? "").trim().split(" ");
  const [hours = 0, minutes = 0] = first.split(".").map(Number);
  const passed = Math.floor((performance.now() / 1000 + new Date(begun).getSeconds()) / 60);
  const now = (hours * 60 + minutes + passed) % (24 * 60);
  place.textContent = [`${String(Math.floor(now / 60)).padStart(2, "0")}.${String(now % 60).padStart(2, "0")}`, ...zone].join(" ");
}

function hour(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}.${String(moment.getMinutes()).padStart(2, "0")}`;
}
