// Copies the fonts and the scripts that are embedded in the command, and their
// licences, from node_modules to vendor/. Run `npm ci` first.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "vendor");

const subsets = ["latin", "vietnamese"];
const families = [
  {
    package: "@fontsource/be-vietnam-pro",
    name: "be-vietnam-pro",
    faces: ["400-normal", "600-normal"],
  },
  {
    package: "@fontsource-variable/source-serif-4",
    name: "source-serif-4",
    faces: ["wght-normal", "wght-italic"],
  },
];

// The same faces as outlines that Go reads, for pictures that are drawn at build time.
const drawn = [
  ...["400-normal", "600-normal"].map((face) => ({ package: "@fontsource/be-vietnam-pro", name: "be-vietnam-pro", face })),
  { package: "@fontsource/source-serif-4", name: "source-serif-4", face: "600-normal" },
].flatMap((f) => subsets.map((subset) => `${f.name}-${subset}-${f.face}.woff`).map((file) => (
  { from: join(here, "node_modules", f.package, "files", file), to: join(out, file) })));

// OpenSeadragon draws the document viewer: deep zoom over IIIF tiles by mouse,
// touch and pen. It is maintained, has no dependencies, and runs from disk.
const viewer = [
  { from: join(here, "node_modules/openseadragon/build/openseadragon/openseadragon.min.js"), to: join(out, "openseadragon.js") },
  { from: join(here, "node_modules/openseadragon/LICENSE.txt"), to: join(out, "openseadragon-BSD.txt") },
];

const fonts = families.flatMap((family) => {
  const from = join(here, "node_modules", family.package);
  const files = family.faces.flatMap((face) =>
    subsets.map((subset) => `${family.name}-${subset}-${face}.woff2`),
  );
  return [
    { from: join(from, "LICENSE"), to: join(out, `${family.name}-OFL.txt`) },
    ...files.map((f) => ({ from: join(from, "files", f), to: join(out, f) })),
  ];
});

const copies = [...fonts, ...drawn, ...viewer];
const missing = copies.filter((c) => !existsSync(c.from));
if (missing.length > 0) {
  console.error(`vendor: missing, run npm ci first:\n  ${missing.map((c) => c.from).join("\n  ")}`);
  process.exit(1);
}
mkdirSync(out, { recursive: true });
for (const c of copies) copyFileSync(c.from, c.to);
console.log(`vendor: ${copies.length} files`);
