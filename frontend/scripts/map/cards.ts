/** What a tap on a shape opens: the proposal in four lines, or the list of those that share the spot. */

import { rupiah } from "../numbers/amounts.ts";
import type { Page } from "./drawing.ts";
import type { Single, Work } from "./types.ts";
import { workLink, workShape } from "./works.ts";

export function card(proposal: Single, page: Page): HTMLElement {
  const box = document.createElement("div");
  box.className = "card-small";
  const facts = document.createElement("p");
  facts.className = "card-small__facts";
  facts.append(shape(proposal, page), ` ${page.word("stage", proposal.stage)} · ${page.word("outcome", proposal.outcome)}`);
  const foot = document.createElement("p");
  foot.className = "card-small__foot";
  foot.textContent = rupiah(proposal.amount);
  box.append(link(proposal, page), facts, foot);
  return box;
}

export function many(found: (Single | Work)[], page: Page): HTMLElement {
  const list = document.createElement("ul");
  list.className = "card-many";
  for (const one of found) {
    const item = document.createElement("li");
    if (one.type === "work") item.append(workShape(one, page), workLink(one, page));
    else item.append(shape(one, page), link(one, page));
    list.append(item);
  }
  return list;
}

function link(proposal: Single, page: Page): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = page.proposalAddress(proposal.number);
  made.textContent = proposal.title;
  return made;
}

/** The stage's own shape, copied from the page's legend. */
function shape(proposal: Single, page: Page): HTMLElement {
  const holder = document.createElement("span");
  holder.className = `at-${proposal.stage}`;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${page.sprite}#s-${proposal.stage}`);
  svg.append(use);
  holder.append(svg);
  return holder;
}
