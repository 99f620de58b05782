/** The page's own words and addresses: scripts hold none. */

import type { Page } from "./drawing.ts";

/** What the map takes from its element and from the legend. */
export function page(stage: HTMLElement): Page {
  const facts = stage.dataset;
  return {
    sprite: facts.sprite ?? "",
    sentences: facts,
    word: (kind, code) => document.querySelector(`[data-${kind}="${CSS.escape(code)}"]`)?.textContent?.trim() ?? code,
    sign: (channel) => document.querySelector<HTMLElement>(`[data-channel="${CSS.escape(channel)}"]`)?.dataset.sign ?? "",
    regionAddress: (code) => `${location.pathname}?${facts.show ? `show=${facts.show}&` : ""}region=${encodeURIComponent(code)}`,
    workAddress: (id) => (facts.work ?? "").replace("{id}", encodeURIComponent(id)),
    proposalAddress: (number) => (facts.proposal ?? "").replace("{number}", encodeURIComponent(number)),
  };
}
