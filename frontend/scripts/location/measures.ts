/** Lengths and areas on the ground, for telling while drawing: the server measures on the ellipsoid what is kept. */

import type { Point } from "./typed.ts";

/** Metres of one degree north and one degree east at a latitude, on the ellipsoid of WGS 84. */
function degree(lat: number): { north: number; east: number } {
  const phi = (lat * Math.PI) / 180;
  return {
    north: 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
    east: 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
  };
}

/** Metres between two points that are near each other. */
export function apart(one: Point, other: Point): number {
  const { north, east } = degree((one.lat + other.lat) / 2);
  return Math.hypot((other.lat - one.lat) * north, (other.lon - one.lon) * east);
}

/** Metres of a line. */
export function length(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + apart(points[index]!, point), 0);
}

/** Square metres of an outline that is closed by its first point. */
export function area(points: readonly Point[]): number {
  const first = points[0];
  if (!first || points.length < 3) return 0;
  const { north, east } = degree(points.reduce((sum, { lat }) => sum + lat, 0) / points.length);
  const flat = points.map(({ lon, lat }) => [(lon - first.lon) * east, (lat - first.lat) * north] as const);
  const twice = flat.reduce((sum, [x, y], index) => {
    const [right, up] = flat[(index + 1) % flat.length]!;
    return sum + x * up - right * y;
  }, 0);
  return Math.abs(twice) / 2;
}
