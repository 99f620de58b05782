/** The address of what is seen: one press copies it; where a browser forbids that, the link beside it holds it. */

export function start(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>("[data-copy]");
  const told = element.querySelector<HTMLElement>("[data-told]");
  if (!button || !told || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(location.href).then(
      () => {
        told.textContent = button.dataset.done ?? "";
        window.setTimeout(() => (told.textContent = ""), 6000);
      },
      () => element.querySelector<HTMLElement>("[data-address]")?.focus(),
    );
  });
}
