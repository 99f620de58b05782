/**
 * Sends one file in parts, named by its SHA-256, and goes on where it stopped: after a broken line, a closed page or a
 * restart of the server. The address answers how many octets it has (`Upload-Offset`); a part sent twice counts once.
 */

import { adapted, part, pause, SMALLEST } from "./backoff.ts";

export type Told =
  | { state: "checking" }
  | { state: "sending"; sent: number }
  | { state: "again"; sent: number; seconds: number }
  | { state: "sent" }
  | { state: "failed"; why: string; final: boolean };

export interface Errand {
  /** `/api/v1/proposals/…/attachments/` */
  address: string;
  kind: string;
  caption: string;
  closed: boolean;
  /** Of the page's own form. */
  token: string;
}

const FIRST_LENGTH = 256 * 1024;
const TRIES = 12;

/** Whether this browser can: hashing needs a safe address, cutting a file does not. */
export function canSend(): boolean {
  return typeof crypto !== "undefined" && "subtle" in crypto && typeof File.prototype.slice === "function";
}

export class Sender {
  private received = 0;
  private length = FIRST_LENGTH;
  private failures = 0;
  private hash = "";
  private stopped = false;
  private readonly file: File;
  private readonly errand: Errand;
  private readonly tell: (told: Told) => void;

  constructor(file: File, errand: Errand, tell: (told: Told) => void) {
    this.file = file;
    this.errand = errand;
    this.tell = tell;
  }

  /** Send no further part; what is there already is forgotten by the server after two days. */
  stop(): void {
    this.stopped = true;
  }

  /** True once the server keeps the file; false where it refused it or the line stayed away too long. */
  async send(): Promise<boolean> {
    this.failures = 0;
    this.tell({ state: "checking" });
    this.hash ||= await sha256(this.file);
    for (let known = false; this.failures < TRIES && !this.stopped; ) {
      try {
        const answer = known ? await this.patch() : await this.ask();
        known = true;
        const done = await this.read(answer);
        if (done !== null) return done;
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof DOMException)) throw error; // no network, or no answer in time
        known = false;
        this.length = adapted(this.length, null);
        await this.wait(null);
      }
    }
    if (!this.stopped) this.tell({ state: "failed", why: "", final: false });
    return false;
  }

  private ask(): Promise<Response> {
    return fetch(this.url(), { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(30_000) });
  }

  private async patch(): Promise<Response> {
    const [first, end] = part(this.received, this.file.size, this.length);
    const range = end > first ? `bytes ${first}-${end - 1}/${this.file.size}` : `bytes */${this.file.size}`;
    const headers = { "Content-Type": "application/octet-stream", "Content-Range": range, "X-CSRFToken": this.errand.token };
    const began = performance.now();
    const body = this.file.slice(first, end);
    const answer = await fetch(this.url(), { method: "PATCH", headers, body, signal: AbortSignal.timeout(120_000) });
    this.length = Math.max(SMALLEST, adapted(this.length, (performance.now() - began) / 1000));
    return answer;
  }

  /** True or false where it is over, null where there is more to send. */
  private async read(answer: Response): Promise<boolean | null> {
    const offset = answer.headers.get("Upload-Offset");
    if (answer.status === 429 || answer.status >= 500) {
      await this.wait(Number(answer.headers.get("Retry-After")) || null);
      return null;
    }
    if (offset === null && !answer.ok) return this.refused(answer);
    this.failures = 0;
    this.received = Number(offset);
    if (answer.status === 201 || (answer.status === 200 && (await complete(answer)))) {
      this.tell({ state: "sent" });
      return true;
    }
    this.tell({ state: "sending", sent: this.received });
    return null;
  }

  private async refused(answer: Response): Promise<boolean> {
    const body = (await answer.json().catch(() => ({}))) as { message?: string; fields?: Record<string, string[]> };
    const why = Object.values(body.fields ?? {}).flat()[0] ?? body.message ?? String(answer.status);
    this.tell({ state: "failed", why, final: true });
    return false;
  }

  /** Until the time is over, or the phone says that it has a line again. */
  private async wait(asked: number | null): Promise<void> {
    this.failures += 1;
    const time = pause(this.failures, asked, Math.random());
    this.tell({ state: "again", sent: this.received, seconds: Math.ceil(time / 1000) });
    await new Promise<void>((done) => {
      const over = (): void => {
        window.clearTimeout(timer);
        window.removeEventListener("online", over);
        done();
      };
      const timer = window.setTimeout(over, time);
      window.addEventListener("online", over);
    });
  }

  private url(): string {
    const asked = new URLSearchParams({ kind: this.errand.kind, caption: this.errand.caption, ...(this.errand.closed ? { closed: "1" } : {}) });
    return `${this.errand.address}${this.hash}/?${asked.toString()}`;
  }
}

/** Whether the file is kept: then it tells its hash, or the question about progress says `complete`. */
async function complete(answer: Response): Promise<boolean> {
  const body = (await answer.json().catch(() => null)) as { sha256?: string; complete?: boolean } | null;
  return body !== null && (body.sha256 !== undefined || body.complete === true);
}

async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
