/**
 * Volume times unit price is the amount, at once; a chosen work brings its unit and price (works.ts). Sentences come from the markup.
 */

import { grouped, product, rupiah } from "../numbers/amounts.ts";

export function start(group: HTMLElement): void {
  const field = (name: string) => group.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const [volume, unit, price, amount] = [field("volume"), field("unit"), field("unit_price"), field("amount")];
  const told = group.querySelector<HTMLElement>("[data-sum]");
  const reason = group.querySelector<HTMLElement>("[data-reason]");
  if (!volume || !price || !amount) return;
  group.classList.add("is-counting");
  // What a person typed over the product stays; an amount that is the product follows it.
  let own = amount.value !== "" && amount.value !== written(product(volume.value, price.value));

  const tell = (): void => {
    const sum = product(volume.value, price.value);
    if (sum !== null && !own) amount.value = written(sum);
    // the field for the reason is there without scripts; with them only where it is needed or was filled
    const filled = Boolean(reason?.querySelector<HTMLInputElement>("input")?.value);
    reason?.toggleAttribute("data-shown", filled || (sum !== null && amount.value !== "" && amount.value !== written(sum)));
    if (told) told.textContent = sum === null ? "" : `${volume.value} ${unit?.value ?? ""} × ${rupiahOf(price.value)} = ${rupiah(sum)}`;
  };
  for (const input of [volume, price, unit]) input?.addEventListener("input", tell);
  amount.addEventListener("input", () => {
    own = amount.value !== "";
    tell();
  });
  tell();
}

function written(sum: number | null): string {
  return sum === null ? "" : grouped(sum);
}

function rupiahOf(text: string): string {
  const each = product("1", text);
  return each === null ? text : rupiah(each);
}
