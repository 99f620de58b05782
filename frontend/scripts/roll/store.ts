/** Lines of a roll kept on this phone until the server has them: one record a meeting and person, lines by their UUIDs. */

export interface Kept {
  id: string;
  fields: Record<string, string>;
  /** The moment of the capture, put right by how far this phone's clock was off when the page came. */
  captured: string;
  state: "waiting" | "refused";
  said?: string;
  code?: string;
}

export class RollStore {
  private readonly key: string;

  constructor(user: string, meeting: string) {
    this.key = `musrenbang:roll:${user}:${meeting}`;
  }

  /** In the order of their capture. */
  all(): Kept[] {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) ?? "[]") as Kept[];
      return Array.isArray(found) ? found.filter((one) => typeof one?.id === "string") : [];
    } catch {
      return [];
    }
  }

  /** False where this phone keeps nothing: no room, or storage is switched off. */
  put(line: Kept): boolean {
    const others = this.all();
    const at = others.findIndex((one) => one.id === line.id);
    if (at < 0) return this.write([...others, line]);
    others[at] = line;
    return this.write(others);
  }

  forget(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.write(this.all().filter((one) => !gone.has(one.id)));
  }

  private write(lines: Kept[]): boolean {
    try {
      if (lines.length) localStorage.setItem(this.key, JSON.stringify(lines));
      else localStorage.removeItem(this.key);
      return true;
    } catch {
      return false;
    }
  }
}

/** A UUID of this phone's own; `randomUUID` is missing where the page came without TLS. */
export function uuid(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
