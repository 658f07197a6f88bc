// Copies the font files that are embedded in the command, and their licences,
// from node_modules to vendor/. Run `npm ci` first.
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

const copies = families.flatMap((family) => {
  const from = join(here, "node_modules", family.package);
  const fonts = family.faces.flatMap((face) =>
    subsets.map((subset) => `${family.name}-${subset}-${face}.woff2`),
  );
  return [
    { from: join(from, "LICENSE"), to: join(out, `${family.name}-OFL.txt`) },
    ...fonts.map((f) => ({ from: join(from, "files", f), to: join(out, f) })),
  ];
});

const missing = copies.filter((c) => !existsSync(c.from));
if (missing.length > 0) {
  console.error(`vendor: missing, run npm ci first:\n  ${missing.map((c) => c.from).join("\n  ")}`);
  process.exit(1);
}
mkdirSync(out, { recursive: true });
for (const c of copies) copyFileSync(c.from, c.to);
console.log(`vendor: ${copies.length} files`);
