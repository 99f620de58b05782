/** How long to wait before the next try, in milliseconds: twice as long each time, with some chance in it, never above half a minute. */

const FIRST = 1000;
const LONGEST = 30_000;

/** `failures` in a row; `asked` are the seconds that the server asked for (Retry-After), which are kept to. */
export function pause(failures: number, asked: number | null, chance: number): number {
  const own = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1)) * (0.5 + chance / 2);
  return asked === null ? own : Math.max(own, asked * 1000);
}

/** The next part of a file: where it begins and ends (not included), given how much is there. */
export function part(received: number, size: number, longest: number): [number, number] {
  return [received, Math.min(size, received + longest)];
}

/** How large the next part may be: halved after a broken one, doubled after one that came through in time. */
export function adapted(length: number, seconds: number | null): number {
  if (seconds === null) return Math.max(SMALLEST, Math.round(length / 2));
  return seconds < GOOD_SECONDS ? Math.min(LARGEST, length * 2) : length;
}

export const SMALLEST = 32 * 1024;
export const LARGEST = 1024 * 1024;
const GOOD_SECONDS = 4;
