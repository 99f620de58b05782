/** New comments on an open page: fetched as data, put into the page's own templates as text, never as HTML. */

export interface Said {
  id: string;
  seq: number;
  author_name: string;
  author_role: string;
  stance: string;
  body: string | null;
  parent: string | null;
  at: string;
  is_official?: boolean;
  hidden_reason?: string;
}

/** The comments after a number, oldest first. */
export async function fetchAfter(address: string, seq: number): Promise<Said[]> {
  const answer = await fetch(`${address}?after=${seq}`, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) return [];
  const { results } = (await answer.json()) as { results: Said[] };
  return [...results].sort((one, other) => one.seq - other.seq);
}

/** Fills the page's template for a comment: `[data-fill="body"]` and so on. Words of stances and roles stand in the page. */
export function rendered(template: HTMLTemplateElement, said: Said, word: (kind: string, code: string) => string): HTMLElement {
  const copy = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
  copy.id = `tanggapan-${said.id}`;
  copy.dataset.comment = said.id;
  copy.dataset.stance = said.stance;
  copy.classList.toggle("is-official", Boolean(said.is_official));
  const texts: Record<string, string> = {
    author: said.author_name,
    role: word("role", said.author_role),
    stance: word("stance", said.stance),
    body: said.body ?? "",
    at: time(said.at),
  };
  for (const [name, text] of Object.entries(texts)) {
    for (const place of copy.querySelectorAll<HTMLElement>(`[data-fill="${name}"]`)) place.textContent = text;
  }
  for (const icon of copy.querySelectorAll("[data-stance-icon]")) icon.toggleAttribute("hidden", icon.getAttribute("data-stance-icon") !== said.stance);
  for (const moment of copy.querySelectorAll("time")) moment.dateTime = said.at;
  for (const input of copy.querySelectorAll<HTMLInputElement>('input[name="parent"]')) input.value = said.id;
  return copy;
}

/** `09.41`, as the page writes times. */
function time(at: string): string {
  const moment = new Date(at);
  return `${String(moment.getHours()).padStart(2, "0")}.${String(moment.getMinutes()).padStart(2, "0")}`;
}
