// Reads IIIF descriptions with the parser of others and says what is in them.
const fs = require("node:fs");
const { Traverse } = require("@iiif/parser");

console.log(JSON.stringify(process.argv.slice(2).map(file => {
  const out = { File: file, Type: "", Canvases: 0, Paintings: 0 };
  const document = JSON.parse(fs.readFileSync(file, "utf8"));
  new Traverse({
    manifest: [m => { if (m.id === document.id) out.Type = m.type; return m; }],
    collection: [c => { if (c.id === document.id) out.Type = c.type; return c; }],
    canvas: [c => { if (c.items) out.Canvases++; return c; }],
    annotation: [a => { if ([a.motivation].flat().includes("painting")) out.Paintings++; return a; }],
  }).traverseUnknown(document);
  return out;
})));
