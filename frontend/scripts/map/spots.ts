/** Proposals that would lie on top of each other are shown as one shape with "+4". */

export interface Spot<T> {
  x: number;
  y: number;
  items: T[];
}

/**
 * Groups items whose positions on the screen are nearer than `reach` pixels to a group's first item. The order given
 * is the order kept, so that the same view is always grouped the same way.
 */
export function spots<T>(items: readonly T[], position: (item: T) => { x: number; y: number }, reach = 24): Spot<T>[] {
  const found: Spot<T>[] = [];
  const cells = new Map<string, Spot<T>[]>();
  for (const item of items) {
    const { x, y } = position(item);
    const near = nearby(cells, x, y, reach);
    if (near) near.items.push(item);
    else {
      const spot = { x, y, items: [item] };
      found.push(spot);
      const cell = cells.get(name(x, y, reach));
      if (cell) cell.push(spot);
      else cells.set(name(x, y, reach), [spot]);
    }
  }
  return found;
}

function name(x: number, y: number, reach: number): string {
  return `${Math.floor(x / reach)} ${Math.floor(y / reach)}`;
}

function nearby<T>(cells: Map<string, Spot<T>[]>, x: number, y: number, reach: number): Spot<T> | undefined {
  for (const dx of [-reach, 0, reach]) {
    for (const dy of [-reach, 0, reach]) {
      const hit = cells.get(name(x + dx, y + dy, reach))?.find((spot) => Math.hypot(spot.x - x, spot.y - y) < reach);
      if (hit) return hit;
    }
  }
  return undefined;
}
