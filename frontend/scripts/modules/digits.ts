/** A grid of one-digit fields: a digit from 1 to 5 goes on to the next field, arrows up and down stay in their column. */

export function start(grid: HTMLElement): void {
  grid.addEventListener("input", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && /^[1-5]$/.test(field.value)) step(grid, field, 1);
  });
  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    const columns = field.closest("tr")?.querySelectorAll("input.digit").length ?? 1;
    step(grid, field, event.key === "ArrowDown" ? columns : -columns);
  });
}

function step(grid: HTMLElement, field: HTMLInputElement, by: number): void {
  const fields = [...grid.querySelectorAll<HTMLInputElement>("input.digit")];
  const next = fields[fields.indexOf(field) + by];
  next?.focus();
  next?.select();
}
