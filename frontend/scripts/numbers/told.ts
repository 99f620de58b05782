/** Money where it is told and not decided: `Rp1,25 M`, `Rp444 juta`, as the server writes it. */

import { rupiah } from "./amounts.ts";

const SCALES: readonly (readonly [number, string])[] = [[1e12, "T"], [1e9, "M"], [1e6, "juta"]];

/** At most three significant digits; below a million the full figure. */
export function rupiahShort(amount: number): string {
  const step = amount < 1e6 - 500 ? 1 : 10 ** Math.max(0, String(Math.round(amount)).length - 3);
  const rounded = Math.floor((amount + step / 2) / step) * step;
  for (const [scale, word] of SCALES) {
    if (rounded >= scale) return `Rp${String(Number((rounded / scale).toFixed(2))).replace(".", ",").replace(/\B(?=(\d{3})+$)/, ".")} ${word}`;
  }
  return rupiah(amount);
}
