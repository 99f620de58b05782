/**
 * An online participant's open page tells once a minute that it is there. Who was silent for too long has left by then,
 * and comes again by the same press.
 */

const EVERY = 60_000;

export function start(place: HTMLElement): void {
  const { beat, join } = place.dataset;
  if (!beat || !join) return;
  // phones put pages to sleep: on waking up the page tells at once
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void tell(beat, join));
  window.addEventListener("online", () => void tell(beat, join));
  window.setInterval(() => void tell(beat, join), EVERY);
  void tell(beat, join);
}

async function tell(beat: string, join: string): Promise<void> {
  const answer = await send("POST", beat).catch(() => null); // no network: the next minute tells again
  if (!answer?.ok) return;
  const { there } = (await answer.json()) as { there: boolean };
  if (!there) await send("PUT", join, { mode: "online" }).catch(() => null);
}

function send(method: string, address: string, body: object = {}): Promise<Response> {
  const token = document.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "";
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  return fetch(address, { method, headers, body: JSON.stringify(body), credentials: "same-origin" });
}
