/** The order of a room's events. Pure. */

export interface RoomEvent {
  seq: number;
  kind: string;
  [fact: string]: unknown;
}

/** Tells the next event from one already seen and from one that shows a gap. */
export class Sequence {
  last: number;

  constructor(seq: number) {
    this.last = seq;
  }

  accept(event: RoomEvent): "next" | "old" | "gap" {
    if (event.seq <= this.last) return "old";
    if (event.seq > this.last + 1) return "gap";
    this.last = event.seq;
    return "next";
  }
}
