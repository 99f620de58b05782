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

  /** What the tiles are asked with: the filters alone. The region in focus narrows the list only, the map shows what lies around. */
  filters(): URLSearchParams {
    const query = this.query();
    for (const name of ["region", "layer", "per", "at"]) query.delete(name);
    return query;
  }

  /** The class and the value in words of each coloured region, by code; empty where bubbles stand. */
  painted(): { bands: Map<string, string>; values: Map<string, string> } {
    const [bands, values] = [new Map<string, string>(), new Map<string, string>()];
    for (const row of this.list.querySelectorAll<HTMLElement>("[data-row][data-band]")) {
      bands.set(row.dataset.row ?? "", row.dataset.band ?? "");
      values.set(row.dataset.row ?? "", row.dataset.value ?? "");
    }
    return { bands, values };
  }

  /** The view that the address names, `latitude,longitude,zoom`, or null. */
  get at(): readonly [number, number, number] | null {
    const [lat, lon, zoom] = (this.control("at")?.value ?? "").split(",").map(Number);
    if (lat === undefined || lon === undefined || zoom === undefined) return null;
    return [lat, lon, zoom].every(Number.isFinite) ? [lat, lon, zoom] : null;
  }

  set at(view: readonly [number, number, number] | null) {
    const field = this.control("at");
    if (field) field.value = view ? `${view[0].toFixed(5)},${view[1].toFixed(5)},${view[2]}` : "";
  }

  /** Empties one filter. */
  clear(name: string): void {
    const field = this.control(name);
    if (field) field.value = "";
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

  /** Puts the address of what is seen in the browser and in the links to it. */
  remember(history: "push" | "replace"): void {
    const address = this.address();
    if (history === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
    const paper = this.query();
    paper.set("print", "1");
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-address]")) link.href = address;
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-keep-place]")) link.search = this.elsewhere(link.search);
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-print]")) link.href = `${location.pathname}?${paper}`;
  }

  /** Another layer's address with the place, the view and the year of this one. */
  private elsewhere(search: string): string {
    const [query, own] = [this.query(), new URLSearchParams(search)];
    for (const name of ["region", "at", "plan_year"]) {
      own.delete(name);
      if (query.get(name)) own.set(name, query.get(name) ?? "");
    }
    return `?${own}`;
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
    query.delete("at");
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
    return this.control("region");
  }

  private control(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  }
}

function corners(text: string | undefined): Settled["bounds"] {
  const numbers = (text ?? "").split(",").map(Number);
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) return null;
  return numbers.every(Number.isFinite) ? [west, south, east, north] : null;
}
