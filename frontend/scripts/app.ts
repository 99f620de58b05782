// The one entry on every page: the markup names its behaviour, `data-module="live"`, and only what a page names is fetched.
// A module is a file in modules/ with one exported `start(element)`. The page works before any of them arrives.

type Module = { start: (element: HTMLElement) => void | Promise<void> };

async function begin(element: HTMLElement): Promise<void> {
  for (const name of (element.dataset.module ?? "").split(" ").filter(Boolean)) {
    const found = (await import(`./modules/${name}.ts`)) as Module;
    await found.start(element);
  }
}

for (const element of document.querySelectorAll<HTMLElement>("[data-module]")) {
  void begin(element);
}
