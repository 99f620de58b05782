// A form is sent once: a second press while a slow connection works changes nothing, and the button says what happens.

export function start(form: HTMLElement): void {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = (event as SubmitEvent).submitter;
    if (button instanceof HTMLButtonElement && button.dataset.busy) {
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.busy;
    }
  });
  // Going back in history shows the form as it was left: it may be sent again.
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}
