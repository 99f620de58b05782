/**
 * A page that waits for work in the background: it counts along, and opens anew once the work is done.
 * Without scripts the page itself is read again, by itself or by a link.
 */

type Told = { words: string; moving: boolean; page: string; more?: string; note?: string; done?: number; total?: number };

const FIRST = 1_500;
const SLOWEST = 10_000;

export function start(element: HTMLElement): void {
  const words = element.querySelector<HTMLElement>("[data-words]") ?? element;
  let pause = FIRST;
  let timer = 0;

  const ask = async (): Promise<void> => {
    const told = await read(element.dataset.address ?? "");
    if (told && !told.moving) {
      window.location.replace(told.page);
      return;
    }
    // what is counted is said as it changes; what stands still is asked for less and less often
    pause = told && told.words !== words.textContent ? FIRST : Math.min(pause * 1.3, SLOWEST);
    if (told) show(element, words, told);
    timer = window.setTimeout(() => void ask(), pause);
  };

  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (!document.hidden) void ask();
  });
  timer = window.setTimeout(() => void ask(), pause);
}

/** What is said aloud changes only where it says something else; the bar and what stands beside it follow each time. */
function show(element: HTMLElement, words: HTMLElement, told: Told): void {
  if (words.textContent !== told.words) words.textContent = told.words;
  const bar = element.querySelector("progress");
  if (bar && told.total) [bar.max, bar.value] = [told.total, told.done ?? 0];
  const more = element.querySelector<HTMLElement>("[data-more]");
  if (more) more.textContent = told.more ?? "";
  const note = element.querySelector<HTMLElement>("[data-note]");
  if (note) [note.textContent, note.hidden] = [told.note ?? "", !told.note];
}

/** What the server says; nothing where there is no connection just now. */
async function read(address: string): Promise<Told | undefined> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as Told) : undefined;
  } catch {
    return undefined;
  }
}
