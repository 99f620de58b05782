/** What a screen reader hears of a meeting: one sentence in ten seconds at most, the weightier one first. Pure. */

export const PAUSE = 10_000;
const WEIGHT = ["decision", "stage", "motion", "agenda", "floor", "statement"];

export class Saying {
  decisionsOnly = false;
  private waiting = new Map<string, string>();
  private last = -Infinity;

  /** Keeps the newest sentence of a kind; a kind that nobody asked for is dropped. */
  hear(kind: string, words: string): void {
    if (!WEIGHT.includes(kind) || (this.decisionsOnly && kind !== "decision")) return;
    this.waiting.set(kind, words);
  }

  /** The sentence to say now, or nothing yet. What it stands before is dropped: it would be old news in ten seconds. */
  next(now: number): string | null {
    if (now - this.last < PAUSE) return null;
    for (const kind of WEIGHT) {
      const words = this.waiting.get(kind);
      if (words === undefined || (this.decisionsOnly && kind !== "decision")) continue;
      this.waiting.clear();
      this.last = now;
      return words;
    }
    return null;
  }
}
