/** Numbers as they are typed and told in Indonesia: `1.250.000`, `8,6`, `Rp1.250.000`. */

/** The number typed, or null. Dots between groups of three are thousands; a comma, or a lone dot before one or two digits, is decimal. */
export function parse(text: string): number | null {
  const bare = text.replace(/rp\.?/i, "").replace(/\s/g, "");
  if (!bare) return null;
  const plain = /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare) ? bare.replace(/\./g, "") : bare;
  const number = Number(plain.replace(",", "."));
  return Number.isFinite(number) ? number : null;
}

/** Whole rupiah with dots: `Rp1.250.000`. */
export function rupiah(amount: number): string {
  return `Rp${grouped(Math.round(amount))}`;
}

/** A whole number with dots between groups of three. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** Volume times unit price in whole rupiah, without the error of a floating multiplication; null where one is missing. */
export function product(volume: string, price: string): number | null {
  const [count, each] = [parse(volume), parse(price)];
  if (count === null || each === null || count <= 0 || each <= 0) return null;
  const thousandths = BigInt(Math.round(count * 1000)) * BigInt(Math.round(each));
  const whole = Number((thousandths + 500n) / 1000n);
  return Number.isSafeInteger(whole) ? whole : null;
}
