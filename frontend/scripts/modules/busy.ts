/** A form that is being sent says so on its button and is not sent twice. The words come from `data-busy` on the button. */

export function start(form: HTMLElement): void {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    const button = (event as SubmitEvent).submitter;
    form.dataset.sending = "yes";
    // After this turn: a disabled button's own name and value would not be sent.
    if (button instanceof HTMLButtonElement) window.setTimeout(() => say(button), 0);
  });
  // The back button shows the page as it was left: sent, with a dead button.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-rest]")) rest(button);
  });
}

function say(button: HTMLButtonElement): void {
  const words = button.querySelector<HTMLElement>("[data-words]") ?? button;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.dataset.rest = words.textContent ?? "";
  if (button.dataset.busy) words.textContent = button.dataset.busy;
  button.disabled = true;
}

function rest(button: HTMLButtonElement): void {
  const words = button.querySelector<HTMLElement>("[data-words]") ?? button;
  words.textContent = button.dataset.rest ?? "";
  button.disabled = false;
  delete button.dataset.rest;
}
