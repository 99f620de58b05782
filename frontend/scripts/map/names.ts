/** Room for bubbles and their names: discs are pushed apart, names stand where nothing is covered. Pure. */

export interface Labelled {
  /** The disc's middle and radius, and the name's width, in pixels. */
  x: number;
  y: number;
  r: number;
  width: number;
  /** Lines of text: the name, and what is asked for below it. One where it is not said. */
  lines?: number;
}

/** On which side of its disc a name stands; nothing where it would cover something (it is still said and listed). */
export type Side = "below" | "above" | "right" | "left" | "";

export type Box = readonly [left: number, top: number, right: number, bottom: number];

const HEIGHT = 15;
const GAP = 4;
/** Discs keep so far apart, and move at most so far from their place. */
const APART = 3;
const FARTHEST = 26;

/** How much of a view discs may cover before they are made small and only those of the region in focus stand. */
const CROWDED = 0.2;

/** Whether so many discs of the usual size would crowd a view of this size, in pixels. */
export function crowded(discs: number, width: number, height: number): boolean {
  return discs * 54 * 54 > CROWDED * width * height;
}

/** Which of some labels stand: each that covers none before it, in their order. */
export function standing(boxes: readonly Box[]): boolean[] {
  const placed: Box[] = [];
  return boxes.map((box) => {
    if (placed.some((other) => meet(box, other))) return false;
    placed.push(box);
    return true;
  });
}

/** The discs' middles, moved until none covers another or all have gone as far as they may. */
export function apart(bubbles: readonly Labelled[]): { x: number; y: number }[] {
  const places = bubbles.map(({ x, y }) => ({ x, y }));
  for (let turn = 0; turn < 40; turn += 1) {
    for (let one = 0; one < places.length; one += 1) {
      for (let other = one + 1; other < places.length; other += 1) {
        push(places[one]!, places[other]!, bubbles[one]!.r + bubbles[other]!.r + APART);
      }
    }
    places.forEach((place, index) => hold(place, bubbles[index]!));
  }
  return places;
}

function push(one: { x: number; y: number }, other: { x: number; y: number }, least: number): void {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const gap = Math.hypot(dx, dy);
  if (gap >= least) return;
  const [ux, uy] = gap ? [dx / gap, dy / gap] : [1, 0];
  const step = (least - gap) / 2;
  one.x -= ux * step;
  one.y -= uy * step;
  other.x += ux * step;
  other.y += uy * step;
}

function hold(place: { x: number; y: number }, home: Labelled): void {
  const [dx, dy] = [place.x - home.x, place.y - home.y];
  const away = Math.hypot(dx, dy);
  if (away <= FARTHEST) return;
  place.x = home.x + (dx / away) * FARTHEST;
  place.y = home.y + (dy / away) * FARTHEST;
}

/** For each bubble the side of its name, which stays in view; the first in the list have their way. */
export function sides(bubbles: readonly Labelled[], view: Box): Side[] {
  const discs = bubbles.map(({ x, y, r }): Box => [x - r, y - r, x + r, y + r]);
  const names: Box[] = [];
  return bubbles.map((bubble, index) => {
    for (const [side, name] of places(bubble)) {
      if (name[0] < view[0] || name[1] < view[1] || name[2] > view[2] || name[3] > view[3]) continue;
      if (discs.some((disc, other) => other !== index && meet(name, disc)) || names.some((other) => meet(name, other))) continue;
      names.push(name);
      return side;
    }
    return "";
  });
}

function places({ x, y, r, width, lines = 1 }: Labelled): [Side, Box][] {
  const high = HEIGHT * lines;
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - high / 2, y + high / 2];
  return [
    ["below", [left, y + r, right, y + r + high]],
    ["above", [left, y - r - high, right, y - r]],
    ["right", [x + r + GAP, top, x + r + GAP + width, bottom]],
    ["left", [x - r - GAP - width, top, x - r - GAP, bottom]],
  ];
}

function meet(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
