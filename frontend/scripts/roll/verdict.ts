/** Quorum and women's share in the page's own words, from the numbers of a presence event. */

export interface Short {
  rule: string;
  have: number;
  need: number;
}

export interface Counted {
  total: number;
  hall: number;
  online: number;
  women: number;
  regions: { represented: number; of: number };
  quorum: { met: boolean | null; short: Short[] };
  women_share: { percent: number; met: boolean | null; missing: number | null };
}

type Words = Record<string, string | undefined>;

/** "Kuorum belum terpenuhi: kurang 2 orang dan 1 desa."; nothing where no rule asks. */
export function quorum(counted: Counted, words: Words): string {
  const { met, short } = counted.quorum;
  if (met === null) return "";
  if (met) return words.met ?? "";
  const missing = short.map(({ rule, have, need }) => filled(words[`${rule}${need - have === 1 ? "One" : ""}`], { count: need - have }));
  const last = missing.pop() ?? "";
  return filled(words.short, { missing: missing.length ? `${missing.join(", ")} ${words.and ?? ""} ${last}` : last });
}

export function women(counted: Counted, words: Words): string {
  const { met, missing, percent } = counted.women_share;
  if (met === null) return "";
  if (met) return filled(words.womenMet, { percent });
  if (missing === null) return filled(words.womenFew, { percent });
  return filled(words[missing === 1 ? "womenShortOne" : "womenShort"], { percent, count: missing });
}

function filled(text: string | undefined, values: Record<string, string | number>): string {
  return (text ?? "").replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ""));
}
