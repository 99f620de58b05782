/** Coordinates as people type and read them: `-0,18720, 109,23291` or `-0.1872 109.2329`. */

export interface Point {
  lon: number;
  lat: number;
}

/** One coordinate in degrees, with a comma or a dot; null where it is none or beyond the limit. */
export function degrees(text: string, limit: number): number | null {
  const bare = text.trim().replace("−", "-").replace(",", ".");
  if (!/^-?\d{1,3}(\.\d+)?$/.test(bare)) return null;
  const value = Number(bare);
  return Math.abs(value) <= limit ? value : null;
}

/** Five decimals, about one metre, with a comma. */
export function written(value: number): string {
  return value.toFixed(5).replace(".", ",").replace("-", "−");
}

/** Five decimals as programs write them. */
export function sent(value: number): string {
  return value.toFixed(6);
}
