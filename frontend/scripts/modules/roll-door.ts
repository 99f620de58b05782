/** The door's page follows its code: it is asked for again when it changes, unless somebody types into it just then. */

const AGAIN = 3_000;

export function start(panel: HTMLElement): void {
  window.setTimeout(renew, Number(panel.dataset.again ?? "60") * 1000);
}

function renew(): void {
  const typed = document.querySelector<HTMLInputElement>('[name="code"]')?.value;
  const looking = document.querySelector<HTMLElement>("[data-camera]:not([hidden])");
  if (typed || looking || !navigator.onLine) window.setTimeout(renew, AGAIN);
  else location.replace(location.pathname);
}
