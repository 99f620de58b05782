/**
 * Compares a file with the ones that are kept, without sending it: the browser counts its SHA-256 itself. Where it cannot
 * (an address without TLS, an old browser), the form sends the file, which is counted there and not kept.
 */

export function start(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const status = form.querySelector<HTMLElement>("[data-status]");
  const shown = form.querySelector<HTMLElement>("[data-hash]");
  const hint = form.querySelector<HTMLElement>("[data-here]");
  if (!input || !status || !shown || typeof crypto === "undefined" || !("subtle" in crypto)) return;
  if (hint) hint.textContent = hint.dataset.here ?? "";

  const compare = async (): Promise<void> => {
    const file = input.files?.[0];
    if (!file) return;
    const hash = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    shown.textContent = hash;
    status.textContent = verdict(form.dataset, hash);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void compare();
  });
  input.addEventListener("change", () => void compare());
}

function verdict(told: DOMStringMap, hash: string): string {
  if (hash === told.pdf) return told.textPdf ?? "";
  const isScan = (told.scans ?? "").split(" ").includes(hash);
  return (isScan ? told.textScan : told.textOther) ?? "";
}

function hex(octets: ArrayBuffer): string {
  return [...new Uint8Array(octets)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
