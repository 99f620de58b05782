/** The points of a line or an area as text: one pair a line, latitude first, as maps show them and phones copy them. */

import type { Point } from "./typed.ts";

const NUMBER = "([-−+]?\\d{1,3}(?:[.,]\\d{1,12})?)";
const PAIR = new RegExp(`^\\(?\\s*${NUMBER}\\s*(?:[;,\\t ]\\s*)\\s*${NUMBER}\\s*\\)?$`);

/** The pairs of a text, or null where a line is none: such a text is left to the server. */
export function read(text: string): Point[] | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const points = lines.map((line) => {
    const found = PAIR.exec(line);
    return found ? { lat: degrees(found[1]!), lon: degrees(found[2]!) } : null;
  });
  return points.every((point): point is Point => point !== null && Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180) ? points : null;
}

export function write(points: readonly Point[]): string {
  return points.map(({ lat, lon }) => `${lat.toFixed(6)}, ${lon.toFixed(6)}`).join("\n");
}

function degrees(text: string): number {
  return Number(text.replace("−", "-").replace(",", "."));
}
