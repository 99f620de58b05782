/** Which village is this point in, asked of the server, and whether it is the one that was chosen. */

import { fill } from "../map/drawing.ts";
import { written, type Point } from "./typed.ts";

interface Region {
  code: string;
  name: string;
  lineage?: { name: string }[];
}

const POOR_METRES = 50;

export class Place {
  private readonly group: HTMLElement;
  private readonly note: HTMLElement | null;
  private asking: AbortController | null = null;
  private timer = 0;
  private found: Region | null = null;

  constructor(group: HTMLElement) {
    this.group = group;
    this.note = group.querySelector<HTMLElement>("[data-found]");
  }

  /** Asks a quarter of a second after the last move, so that a dragged map asks once. */
  async ask(point: Point, metres?: number): Promise<void> {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    if (!within(point, this.group.dataset.limits)) {
      this.outside();
      return;
    }
    const asking = (this.asking = new AbortController());
    await new Promise((done) => (this.timer = window.setTimeout(done, 250)));
    const address = `${this.group.dataset.at ?? ""}?lon=${point.lon}&lat=${point.lat}`;
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } }).catch(() => null);
    if (asking.signal.aborted) return;
    const texts = this.group.dataset;
    if (!answer || answer.status >= 500) this.say("", fill(texts.textUnasked, where(point)));
    else if (answer.status === 404) this.unknown(point);
    else if (!answer.ok) this.outside();
    else this.inside((await answer.json()) as Region | null, point, metres);
  }

  /** The village chosen in the list, compared with the point's. */
  claim(select: HTMLSelectElement): void {
    if (this.found) this.compare(this.found, select);
  }

  say(tone: "" | "ok" | "warn" | "bad", words: string, small = ""): void {
    if (!this.note) return;
    this.note.className = `note ${tone}`.trim();
    this.note.hidden = false;
    const [first, second] = [this.note.querySelector<HTMLElement>("[data-words]"), this.note.querySelector<HTMLElement>("[data-small]")];
    if (first) first.textContent = words;
    if (second) second.textContent = small;
  }

  private outside(): void {
    this.found = null;
    this.say("bad", this.group.dataset.textOutside ?? "");
    this.mismatch(false);
  }

  /** Within the kabupaten's box, but no known boundary holds it: a village that is not drawn yet, water, or just outside. */
  private unknown(point: Point): void {
    this.found = null;
    this.say("warn", this.group.dataset.textUnknown ?? "", where(point).point);
    this.mismatch(false);
  }

  private inside(region: Region | null, point: Point, metres?: number): void {
    const texts = this.group.dataset;
    const home = texts.home ?? "";
    if (!region?.code || !(region.code === home || region.code.startsWith(`${home}.`))) {
      this.outside();
      return;
    }
    this.found = region;
    const parent = region.lineage?.filter((one) => one.name !== region.name).at(-1)?.name ?? "";
    const near = metres === undefined ? where(point).point : fill(texts.textAccuracy, { point: where(point).point, metres });
    const poor = metres !== undefined && metres > POOR_METRES ? ` ${texts.textPoor ?? ""}` : "";
    this.say(poor ? "warn" : "ok", fill(texts.textFound, { village: region.name, subdistrict: parent }), near + poor);
    const select = document.querySelector<HTMLSelectElement>('[name="village"]');
    if (!select) return;
    if (!select.value && [...select.options].some((option) => option.value === region.code)) select.value = region.code;
    this.compare(region, select);
  }

  private compare(region: Region, select: HTMLSelectElement): void {
    const other = Boolean(select.value) && select.value !== region.code;
    this.mismatch(other);
    if (other) {
      const chosen = select.selectedOptions[0]?.textContent?.trim() ?? "";
      this.say("warn", fill(this.group.dataset.textMismatch, { found: region.name, chosen }));
    }
  }

  /** The field for the reason is there without scripts; with them only where it is needed or was filled. */
  private mismatch(shown: boolean): void {
    const field = document.querySelector<HTMLElement>("[data-mismatch]");
    const filled = Boolean(field?.querySelector<HTMLInputElement>("input")?.value);
    field?.toggleAttribute("data-shown", shown || filled);
  }
}

/** Whether a point lies in a box `west,south,east,north`; without a box it may. */
function within({ lon, lat }: Point, box: string | undefined): boolean {
  const [west, south, east, north] = (box || undefined)?.split(",").map(Number) ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined) return true;
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

function where({ lon, lat }: Point): { point: string } {
  return { point: `${written(lat)}, ${written(lon)}` };
}
