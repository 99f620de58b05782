/** A recording is kept on the phone with every point, so that a reload or an empty battery does not cost the walk. */

import type { Point } from "./typed.ts";

export interface Recording {
  kind: "line" | "area";
  points: Point[];
  /** When the last point came, in milliseconds. */
  at: number;
}

const KEY = "musrenbang:walk";
const WEEK = 7 * 24 * 3600 * 1000;

export function keep(recording: Recording): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(recording));
  } catch {
    // a phone without room or without storage walks on without the copy
  }
}

/** What was recorded this week and not yet received by the server; null where there is none. */
export function held(): Recording | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as Recording | null;
    return found && Array.isArray(found.points) && found.points.length > 1 && Date.now() - found.at < WEEK ? found : null;
  } catch {
    return null;
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}
