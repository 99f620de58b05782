/**
 * Sends a kept form as the form itself would be sent. The proposal's own UUID makes it safe to repeat: the same again
 * changes nothing, another version in between is a conflict that the server tells.
 */

import type { Kept } from "./store.ts";

export type Answer = { state: "received"; address: string } | { state: "waiting" } | { state: "signed_out" } | { state: "refused"; said: string };

export async function send(kept: Kept, token: string): Promise<Answer> {
  const body = new URLSearchParams({ ...kept.fields, id: kept.id, then: "save", csrfmiddlewaretoken: token });
  if (kept.version) body.set("version", String(kept.version));
  // when it was typed, and what this phone's clock shows now: the server knows its own, and so the clock's error
  body.set("captured_at", new Date(kept.at).toISOString());
  body.set("device_time", new Date().toISOString());
  const answer = await fetch(kept.address, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return { state: "waiting" };
  const { pathname } = new URL(answer.url);
  if (answer.redirected && pathname.startsWith("/akun/")) return { state: "signed_out" };
  if (answer.ok && answer.redirected) return { state: "received", address: pathname };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = [".note.bad li", ".note.bad p", ".error", "h1"].map((place) => page.querySelector(`main ${place}`)?.textContent?.trim());
  return { state: "refused", said: told.find(Boolean) ?? "" };
}
