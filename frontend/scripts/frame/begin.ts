// The markup names its behaviour, `data-module="live"`, and only what it names is fetched. A module is a file in modules/ with
// one exported `start(element)`.

type Module = { start: (element: HTMLElement) => void | Promise<void> };

async function begin(element: HTMLElement): Promise<void> {
  for (const name of (element.dataset.module ?? "").split(" ").filter(Boolean)) {
    const found = (await import(`../modules/${name}.ts`)) as Module;
    await found.start(element);
  }
}

/** Starts what the markup below names: of the page, or of a part that came later. Ends when each has begun, or could not. */
export async function beginAll(root: ParentNode): Promise<void> {
  await Promise.allSettled([...root.querySelectorAll<HTMLElement>("[data-module]")].map(begin));
}
