/** Which tiles a view needs, and their contents, asked again as often as the server's cache rules allow. */

import { read } from "./reading.ts";
import type { Feature, Place } from "./types.ts";

export interface View {
  west: number;
  south: number;
  east: number;
  north: number;
  zoom: number;
}

export interface Tile {
  z: number;
  x: number;
  y: number;
}

/**
 * The depth of the tiles that a zoom asks for. `steps` are the first zooms of the server's levels (0 6 8 10 12): within a
 * step every depth draws the same regions, so the shallowest is asked, with a fraction of the requests. The last step
 * draws single proposals, of which a tile carries only so many: there the depth follows the zoom, one behind.
 */
export function depth(zoom: number, steps: readonly number[]): number {
  const whole = Math.floor(zoom);
  const step = Math.max(0, ...steps.filter((first) => first <= whole));
  if (step === 0) return Math.max(0, whole - 2);
  return step === Math.max(...steps) ? Math.max(step, whole - 1) : step;
}

/** The tiles of one depth that cover a view. */
export function covering(view: View, z: number): Tile[] {
  const [left, right] = [column(view.west, z), column(view.east, z)];
  const [top, bottom] = [row(view.north, z), row(view.south, z)];
  const tiles: Tile[] = [];
  for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) tiles.push({ z, x, y });
  return tiles;
}

function column(lon: number, z: number): number {
  return inside(Math.floor(((lon + 180) / 360) * 2 ** z), z);
}

function row(lat: number, z: number): number {
  const radians = (Math.max(-85, Math.min(85, lat)) * Math.PI) / 180;
  return inside(Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z), z);
}

function inside(index: number, z: number): number {
  return Math.max(0, Math.min(2 ** z - 1, index));
}

/** The middle of a tile, longitude and latitude. */
function middle({ z, x, y }: Tile): Place {
  const turn = Math.PI * (1 - (2 * (y + 0.5)) / 2 ** z);
  return [((x + 0.5) / 2 ** z) * 360 - 180, (Math.atan(Math.sinh(turn)) * 180) / Math.PI];
}

interface Held {
  etag: string;
  features: Feature[];
}

/** Tiles already fetched, by address. `fresh` asks the server whether they still stand (a 304 where they do). */
export class Tiles {
  private readonly held = new Map<string, Held>();

  private readonly address: string;
  private readonly steps: readonly number[];

  constructor(address: string, steps: readonly number[]) {
    this.address = address;
    this.steps = steps;
  }

  /** The features of a view without doubles, and whether anything changed since the last answer. */
  async of(view: View, query: string, { fresh }: { fresh: boolean }, signal: AbortSignal): Promise<{ features: Feature[]; changed: boolean }> {
    const answers = await Promise.all(covering(view, depth(view.zoom, this.steps)).map((tile) => this.one(this.url(tile, query), middle(tile), fresh, signal)));
    const seen = new Map<string, Feature>();
    for (const { features } of answers) for (const feature of features) seen.set(key(feature), feature);
    return { features: [...seen.values()], changed: answers.some((answer) => answer.changed) };
  }

  private url({ z, x, y }: Tile, query: string): string {
    const path = this.address.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
    return query ? `${path}?${query}` : path;
  }

  private async one(url: string, at: Place, fresh: boolean, signal: AbortSignal): Promise<{ features: Feature[]; changed: boolean }> {
    const held = this.held.get(url);
    if (held && !fresh) return { features: held.features, changed: false };
    const answer = await fetch(url, { signal, cache: fresh ? "no-cache" : "default", headers: { Accept: "application/json" } });
    if (!answer.ok) return { features: held?.features ?? [], changed: false };
    const etag = answer.headers.get("ETag") ?? "";
    if (held && etag && etag === held.etag) return { features: held.features, changed: false };
    const features = read(await answer.json(), at);
    this.held.set(url, { etag, features });
    return { features, changed: true };
  }
}

export function key(feature: Feature): string {
  if (feature.type === "region") return feature.code;
  if (feature.type === "shape") return `shape ${feature.id}`;
  return feature.type === "proposal" || feature.type === "work" ? feature.id : `more ${feature.at.join(" ")}`;
}
