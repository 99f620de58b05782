/**
 * Starts what the markup names: `data-module="map"` runs `modules/map.ts`, loaded only on pages that name it.
 * An element may name several behaviours, separated by spaces. A behaviour that fails leaves the page as it was.
 */

interface Behaviour {
  start(element: HTMLElement): void | Promise<void>;
}

async function begin(element: HTMLElement, name: string): Promise<void> {
  const behaviour = (await import(`./modules/${name}.ts`)) as Behaviour;
  await behaviour.start(element);
}

document.documentElement.classList.add("scripted");
for (const element of document.querySelectorAll<HTMLElement>("[data-module]")) {
  for (const name of (element.dataset.module ?? "").split(/\s+/).filter(Boolean)) void begin(element, name);
}
