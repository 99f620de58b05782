/** The plan year as a slider with two buttons: it sets the filter of the map's form. Without scripts there is a link a year. */

export function start(element: HTMLElement): void {
  const slide = element.querySelector<HTMLElement>(".atlas-years__slide");
  const range = slide?.querySelector<HTMLInputElement>("input");
  const told = slide?.querySelector<HTMLOutputElement>("output");
  const field = document.querySelector<HTMLInputElement>('[data-filters] input[name="plan_year"]');
  const links = [...element.querySelectorAll<HTMLAnchorElement>("[data-year]")];
  if (!slide || !range || !told || !field) return;
  const show = (): void => {
    const position = Math.max(0, links.findIndex((link) => link.dataset.year === field.value));
    range.value = String(position);
    told.textContent = links[position]?.textContent ?? "";
    range.setAttribute("aria-valuetext", told.textContent);
    for (const button of slide.querySelectorAll<HTMLButtonElement>("[data-step]")) {
      const next = position + Number(button.dataset.step);
      button.disabled = next < 0 || next >= links.length;
    }
  };
  const choose = (position: number): void => {
    const year = links[position]?.dataset.year;
    if (year === undefined || year === field.value) return;
    field.value = year;
    show();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  range.addEventListener("input", () => choose(Number(range.value)));
  for (const button of slide.querySelectorAll<HTMLButtonElement>("[data-step]")) {
    button.addEventListener("click", () => choose(Number(range.value) + Number(button.dataset.step)));
  }
  window.addEventListener("popstate", () => window.setTimeout(show));
  element.classList.add("is-live");
  slide.hidden = false;
  show();
}
