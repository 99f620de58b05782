/** A filter form sends itself when a choice changes; its button stays for keyboards and for pages without scripts. */

export function start(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  element.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) element.requestSubmit();
  });
  // Empty choices do not belong in the address.
  element.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
  });
}
