/** How long a page that asks waits until it asks again. Pure. */

export const ASK_AGAIN = 10_000;
export const ASK_AGAIN_LOW_DATA = 30_000;
export const ASK_AT_LEAST = 60_000;

/** Where nothing happened the pause grows by half, up to a minute; the first news brings it back. */
export function pause(before: number, heard: boolean, lowData: boolean): number {
  const first = lowData ? ASK_AGAIN_LOW_DATA : ASK_AGAIN;
  return heard || before === 0 ? first : Math.min(ASK_AT_LEAST, Math.round(before * 1.5));
}
