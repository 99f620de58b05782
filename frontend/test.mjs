// Runs the scripts' own tests: bundled first, since Node 20 reads no TypeScript and no glob.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

const scripts = join(dirname(fileURLToPath(import.meta.url)), "scripts");
const found = (await readdir(scripts, { recursive: true })).filter((name) => name.endsWith(".test.ts")).map((name) => join(scripts, name));
if (!found.length) throw new Error("no test of the scripts was found");

const out = await mkdtemp(join(tmpdir(), "scripts-tests-"));
await esbuild.build({
  entryPoints: found, outdir: out, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", external: ["node:*"], logLevel: "warning",
});
const built = (await readdir(out, { recursive: true })).filter((name) => name.endsWith(".mjs")).map((name) => join(out, name));
process.exit(spawnSync(process.execPath, ["--test", ...built], { stdio: "inherit" }).status ?? 1);
