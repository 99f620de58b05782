// Builds what the browser loads into frontend/static/: scripts, styles, one sprite of icons, the font, Leaflet's style.
// Nothing under frontend/static/ is kept in git: this file makes it again in under a second.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { DRAWN, OUTLINE } from "./sprite/icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const out = join(here, "static");

async function icon(name) {
  const file = await readFile(join(modules, "@tabler", "icons", "icons", "outline", `${name}.svg`), "utf8");
  const body = file.slice(file.indexOf(">", file.indexOf("<svg")) + 1, file.lastIndexOf("</svg>"));
  return body.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s*\n\s*/g, "");
}

async function sprite() {
  const symbols = [
    ...(await Promise.all(OUTLINE.map(async (name) => [`i-${name}`, "0 0 24 24", await icon(name)]))),
    ...Object.entries(DRAWN).map(([name, [box, body]]) => [name, box, body]),
  ];
  const text = symbols.map(([name, box, body]) => `<symbol id="${name}" viewBox="${box}">${body}</symbol>`).join("");
  await writeFile(join(out, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>\n`);
  const [box, body] = DRAWN.mark;
  await writeFile(join(out, "mark.svg"), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${body}</svg>\n`);
}

async function copies() {
  const font = join(modules, "@fontsource-variable", "plus-jakarta-sans", "files", "plus-jakarta-sans-latin-wght-normal.woff2");
  await cp(font, join(out, "plus-jakarta-sans.woff2"));
  const leaflet = join(modules, "leaflet", "dist");
  await mkdir(join(out, "leaflet"), { recursive: true });
  await cp(join(leaflet, "leaflet.css"), join(out, "leaflet", "leaflet.css"));
  await cp(join(leaflet, "images"), join(out, "leaflet", "images"), { recursive: true });
}

async function entries() {
  const names = await readdir(join(here, "scripts"));
  return names.filter((name) => name.endsWith(".ts") && !name.includes(".test.")).map((name) => join(here, "scripts", name));
}

const sheets = ["app", "dark", "places", "similar", "recap", "meetings", "wall", "ballots", "works", "comparison", "runs"].map((name) => join(here, "styles", `${name}.css`));
const common = { bundle: true, minify: true, outdir: out, logLevel: "warning", legalComments: "none" };
const scripts = { ...common, format: "esm", splitting: true, target: "es2021", chunkNames: "parts/[name]-[hash]" };
const styles = { ...common, target: ["chrome90", "firefox90", "safari15"], external: ["*.woff2", "*.svg", "*.png"] };

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  sprite(),
  copies(),
  esbuild.build({ ...scripts, entryPoints: await entries() }),
  esbuild.build({ ...styles, entryPoints: sheets }),
]);

if (process.argv.includes("--watch")) {
  await (await esbuild.context({ ...scripts, entryPoints: await entries() })).watch();
  await (await esbuild.context({ ...styles, entryPoints: sheets })).watch();
}
