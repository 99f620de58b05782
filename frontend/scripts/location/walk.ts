/**
 * Recording while walking: positions that are accurate enough and far enough from the last become points of the sketch.
 * Each point is kept on the phone at once; after a reload the recording is offered again, never taken silently.
 */

import { fill } from "../map/drawing.ts";
import { grouped } from "../numbers/amounts.ts";
import { forget, held, keep } from "./kept.ts";
import { apart } from "./measures.ts";
import { write } from "./points.ts";
import type { Sketch } from "./sketch.ts";

/** Worse positions than this would draw houses as bends. */
const ACCURATE_METRES = 25;
/** Standing still draws knots: a point counts from this distance on, or from half the accuracy. */
const STEP_METRES = 4;

export class Walk {
  private readonly panel: HTMLElement;
  private readonly sketch: Sketch;
  private watch: number | null = null;
  private awake: WakeLockSentinel | null = null;

  constructor(panel: HTMLElement, sketch: Sketch) {
    [this.panel, this.sketch] = [panel, sketch];
    this.press("walk", () => this.start());
    this.press("resume", () => this.start());
    this.press("pause", () => this.pause());
    this.press("stop", () => this.stop());
    this.press("restore", () => this.restore());
    this.press("forget", () => {
      forget();
      this.offer();
    });
    const kept = held();
    const received = document.querySelector('.capture-form [name="version"]') !== null;
    if (kept && received && write(kept.points) === write(sketch.points)) forget();
    this.offer();
  }

  private start(): void {
    if (!("geolocation" in navigator)) {
      this.say(this.panel.dataset.textNoGps ?? "");
      return;
    }
    this.say(this.panel.dataset.textStarting ?? "");
    this.watch = navigator.geolocation.watchPosition(
      ({ coords }) => this.came(coords),
      (error) => error.code === error.PERMISSION_DENIED && this.refused(),
      { enableHighAccuracy: true, maximumAge: 0 },
    );
    this.show("pause", "stop");
    // a screen that goes dark stops the positions on many phones
    void navigator.wakeLock?.request("screen").then((lock) => (this.awake = lock)).catch(() => undefined);
  }

  private came({ longitude: lon, latitude: lat, accuracy }: GeolocationCoordinates): void {
    const { textWalking, textWaiting } = this.panel.dataset;
    const metres = Math.round(accuracy);
    if (accuracy > ACCURATE_METRES) {
      this.say(fill(textWaiting, { metres }));
      return;
    }
    const last = this.sketch.points.at(-1);
    if (!last || apart(last, { lon, lat }) >= Math.max(STEP_METRES, accuracy / 2)) {
      this.sketch.add({ lon, lat }, "gps");
      keep({ kind: this.sketch.kind === "area" ? "area" : "line", points: this.sketch.points, at: Date.now() });
    }
    this.say(fill(textWalking, { size: this.walked(), metres }));
  }

  /** Metres so far, of an area too: nobody walks in square metres. */
  private walked(): string {
    const { points } = this.sketch;
    return grouped(Math.round(points.slice(1).reduce((sum, point, index) => sum + apart(points[index]!, point), 0)));
  }

  private pause(): void {
    this.rest();
    this.show("resume", "stop");
    this.say(fill(this.panel.dataset.textPaused, { size: this.walked() }));
  }

  private stop(): void {
    this.rest();
    this.show("walk");
    this.say("");
  }

  private refused(): void {
    this.rest();
    this.show("walk");
    this.say(this.panel.dataset.textDenied ?? "");
  }

  private rest(): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
    void this.awake?.release();
    this.awake = null;
  }

  /** The recording that an earlier page left, where nothing was drawn here. */
  private offer(): void {
    const note = this.panel.ownerDocument.querySelector<HTMLElement>("[data-kept]");
    const kept = held();
    if (!note) return;
    note.hidden = !kept || this.sketch.points.length > 0;
    const words = note.querySelector<HTMLElement>("[data-kept-words]");
    if (!kept || !words) return;
    const at = new Date(kept.at);
    const time = `${String(at.getHours()).padStart(2, "0")}.${String(at.getMinutes()).padStart(2, "0")}`;
    words.textContent = fill(this.panel.dataset.textKept, { time, count: kept.points.length });
  }

  private restore(): void {
    const kept = held();
    if (!kept) return;
    this.sketch.choose(kept.kind);
    this.sketch.put(kept.points, "gps");
    this.offer();
    this.show("resume", "stop");
    this.say(fill(this.panel.dataset.textPaused, { size: this.walked() }));
  }

  private show(...names: string[]): void {
    for (const name of ["walk", "pause", "resume", "stop"]) this.button(name)?.toggleAttribute("hidden", !names.includes(name));
    this.button(names[0] ?? "")?.focus({ preventScroll: true });
  }

  private say(words: string): void {
    const told = this.panel.querySelector<HTMLElement>("[data-walk-told]");
    if (told) told.textContent = words;
  }

  private press(name: string, act: () => void): void {
    this.button(name)?.addEventListener("click", act);
  }

  private button(name: string): HTMLElement | null {
    return this.panel.ownerDocument.querySelector<HTMLElement>(`.picker [data-${name}]`);
  }
}
