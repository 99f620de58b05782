/** When an open page asks for what changed. Pure. */

const AT_ONCE_A_SECOND = 300;
const AT_MOST = 10_000;

/** Milliseconds: alone at once; thousands spread their questions, so that no more than some hundred come in a second. */
export function spread(following: number, chance: number): number {
  return Math.round(Math.min(AT_MOST, (following / AT_ONCE_A_SECOND) * 1000) * chance);
}
