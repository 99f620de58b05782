/** Which bubbles can carry their name without covering another bubble or name. Pure. */

export interface Labelled {
  /** The disc's middle and radius, and the name's width, in pixels. */
  x: number;
  y: number;
  r: number;
  width: number;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

const HEIGHT = 15;

/** For each bubble whether its name fits; the first in the list have their way. What is hidden is still said and listed. */
export function legible(bubbles: readonly Labelled[]): boolean[] {
  const discs = bubbles.map(({ x, y, r }): Box => [x - r, y - r, x + r, y + r]);
  const names: Box[] = [];
  return bubbles.map(({ x, y, r, width }, index) => {
    const name: Box = [x - width / 2, y + r, x + width / 2, y + r + HEIGHT];
    const free = !discs.some((disc, other) => other !== index && meet(name, disc)) && !names.some((other) => meet(name, other));
    if (free) names.push(name);
    return free;
  });
}

function meet(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
