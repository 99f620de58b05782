/**
 * A page that waits for work in the background: it counts along, and opens anew once the work is done.
 * Without scripts the page itself is read again every few seconds.
 */

type Told = { words: string; moving: boolean; page: string };

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
    if (told) words.textContent = told.words;
    timer = window.setTimeout(() => void ask(), pause);
  };

  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (!document.hidden) void ask();
  });
  timer = window.setTimeout(() => void ask(), pause);
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
