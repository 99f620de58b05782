/**
 * Keeps the filters, the address and the list beside the map in step. The list is the server's own fragment of the same
 * page, so that words, order and money are told in one place only.
 */

export interface Settled {
  region: string;
  /** [west, south, east, north] of the region in focus, or null where it has no boundary. */
  bounds: [number, number, number, number] | null;
  sentence: string;
  /** How far the lines of this region may be trusted; empty where they are official. */
  warning: string;
}

export class Places {
  private readonly form: HTMLFormElement;
  private readonly list: HTMLElement;
  private asking: AbortController | null = null;

  constructor(form: HTMLFormElement, list: HTMLElement) {
    this.form = form;
    this.list = list;
  }

  /** The filters as a query, region and all, without empty ones: the same that the list page reads. */
  query(): URLSearchParams {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && value) query.append(name, value);
    return query;
  }

  get region(): string {
    return this.field()?.value ?? "";
  }

  set region(code: string) {
    const field = this.field();
    if (field) field.value = code;
  }

  /** Takes the filters from an address: the way back. */
  recall(search: string): void {
    const query = new URLSearchParams(search);
    for (const control of this.form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input[name], select[name]")) {
      control.value = query.get(control.name) ?? control.dataset.rest ?? "";
    }
  }

  address(): string {
    const query = this.query().toString();
    return query ? `${location.pathname}?${query}` : location.pathname;
  }

  /** Fetches the list for the filters that stand and puts it in place; null where a later question overtook this one. */
  async settle(): Promise<Settled | null> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const query = this.query();
    query.set("fragment", "list");
    const answer = await fetch(`${location.pathname}?${query}`, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok || asking.signal.aborted) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector<HTMLElement>("[data-places]");
    if (!fresh) return null;
    const imported = document.importNode(fresh, true);
    this.list.replaceChildren(imported);
    return this.read();
  }

  /** What the list that stands says about itself. */
  read(): Settled {
    const facts = this.list.querySelector<HTMLElement>("[data-places]")?.dataset ?? {};
    return { region: facts.region ?? "", bounds: corners(facts.bounds), sentence: facts.sentence ?? "", warning: facts.warning ?? "" };
  }

  private field(): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>('input[name="region"]');
  }
}

function corners(text: string | undefined): Settled["bounds"] {
  const numbers = (text ?? "").split(",").map(Number);
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) return null;
  return numbers.every(Number.isFinite) ? [west, south, east, north] : null;
}
