/** The speaker's clock: a count that everybody sees, from the server's times. */

/** Seconds left of `seconds` since a moment; negative over time. `now` is the server's, in milliseconds. */
export function left(since: string, seconds: number, now: number): number {
  return Math.round(seconds - (now - Date.parse(since)) / 1000);
}

/** `2.05`, `−0.30`. */
export function written(seconds: number): string {
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(whole / 60)}.${String(whole % 60).padStart(2, "0")}`;
}

/** Lets every clock of the page count. How far the phone's own clock is off is measured where the page or a part arrived. */
export class Clocks {
  private offset = 0;

  /** A part or the page came from the server, with the server's time on it. */
  measure(root: ParentNode): void {
    const now = root.querySelector<HTMLElement>("[data-clock]")?.dataset.now;
    if (now) this.offset = Date.parse(now) - Date.now();
    this.tick();
  }

  start(): void {
    this.measure(document);
    window.setInterval(() => this.tick(), 1000);
  }

  private tick(): void {
    for (const place of document.querySelectorAll<HTMLElement>("[data-clock]")) {
      const rest = left(place.dataset.clock ?? "", Number(place.dataset.seconds), Date.now() + this.offset);
      place.textContent = rest < 0 ? `${written(rest)} ${place.dataset.textOver ?? ""}` : written(rest);
      place.classList.toggle("is-over", rest < 0);
    }
  }
}
