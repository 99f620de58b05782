/** A form's own words: read into plain text and put back. Files and the page's own hidden fields are not among them. */

const NOT_TYPED = new Set(["csrfmiddlewaretoken", "id", "version", "then"]);

export function read(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_TYPED.has(name)) fields[name] = value.replace(/\r\n/g, "\n");
  }
  return fields;
}

export function same(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => bare(one[name]) === bare(other[name]));
}

/** The server drops surplus blanks: they are no difference. */
function bare(value: string | undefined): string {
  return (value ?? "").replace(/\s+/g, " ").trim();
}

/** Puts the words back; the page's behaviours hear of it as if they had been typed. */
export function fill(form: HTMLFormElement, fields: Record<string, string>): void {
  const inputs = [...form.elements].filter(
    (one): one is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
      (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) && one.name !== "" && !NOT_TYPED.has(one.name),
  );
  for (const input of inputs) put(input, fields[input.name]);
  for (const input of inputs) if (input.name === "shape" || input.name === "lon" || input.name === "volume") input.dispatchEvent(new Event("change", { bubbles: true }));
  // what a behaviour derived from the change is replaced by what was kept: a position by GPS stays one
  for (const input of inputs) if (input.type === "hidden") put(input, fields[input.name]);
}

function put(input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, value: string | undefined): void {
  if (input instanceof HTMLInputElement && input.type === "file") return;
  if (input instanceof HTMLInputElement && (input.type === "radio" || input.type === "checkbox")) input.checked = value === input.value;
  else input.value = value ?? "";
}
