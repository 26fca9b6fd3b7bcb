// Bundles each entry into web/static/vendor, with the licence of every package that went in and a manifest of it all.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ENTRIES = ["codemirror", "cytoscape"];
const OUT = "../static/vendor";
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;

const hash = (path) => "sha256-" + createHash("sha256").update(readFileSync(path)).digest("base64");

// "node_modules/@codemirror/view/dist/index.js" belongs to "@codemirror/view".
const packageOf = (input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

function copyLicence(name) {
  const folder = join("node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${name} brings no licence file; leave it out or ask its authors`);
  const path = `licences/${name.replace("@", "").replace("/", "-")}.txt`;
  writeFileSync(join(OUT, path), readFileSync(join(folder, file)));
  return path;
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(join(OUT, "licences"), { recursive: true });

const files = {};
const packages = {};
for (const entry of ENTRIES) {
  const { metafile } = await build({
    entryPoints: [`${entry}.js`],
    outdir: OUT,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the licences lie beside, whole
    metafile: true,
  });
  const names = [...new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean))].sort();
  files[`${entry}.js`] = { hash: hash(join(OUT, `${entry}.js`)), packages: names };
  for (const name of names) {
    const { version, integrity, license } = lock[`node_modules/${name}`];
    const licence = copyLicence(name);
    packages[name] = { version, integrity, licence: license, text: licence, hash: hash(join(OUT, licence)) };
  }
}
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(OUT, "manifest.json"), JSON.stringify({ files, packages: sorted }, null, 2) + "\n");
