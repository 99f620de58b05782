/** Forms kept on this phone until the server has them, one record a proposal's UUID, each person's own. */

export type State =
  /** Typed, never sent. */
  | "kept"
  /** The person pressed save; nobody knows yet whether it arrived. */
  | "waiting"
  /** The server refused it; `said` tells why. */
  | "refused";

export interface Kept {
  id: string;
  title: string;
  /** Where the form is sent to. */
  address: string;
  /** The version that the form was made from; 0 for a new one. */
  version: number;
  fields: Record<string, string>;
  /** When it was last typed, in milliseconds. */
  at: number;
  state: State;
  said?: string;
}

const MOST = 20;

export class Store {
  private readonly key: string;

  constructor(user: string) {
    this.key = `musrenbang:drafts:${user}`;
  }

  /** Newest first. */
  all(): Kept[] {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) ?? "[]") as Kept[];
      return Array.isArray(found) ? found.filter((one) => typeof one?.id === "string").sort((one, other) => other.at - one.at) : [];
    } catch {
      return [];
    }
  }

  get(id: string): Kept | undefined {
    return this.all().find((one) => one.id === id);
  }

  /** False where this phone keeps nothing: no room, or storage is switched off. */
  put(record: Kept): boolean {
    return this.write([record, ...this.all().filter((one) => one.id !== record.id)].slice(0, MOST));
  }

  forget(id: string): void {
    this.write(this.all().filter((one) => one.id !== id));
  }

  private write(records: Kept[]): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify(records));
      return true;
    } catch {
      return false;
    }
  }
}

/** `08.52`, on the clock of this phone. */
export function clock(milliseconds: number): string {
  const at = new Date(milliseconds);
  return `${String(at.getHours()).padStart(2, "0")}.${String(at.getMinutes()).padStart(2, "0")}`;
}
