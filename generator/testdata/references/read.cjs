// Reads reference files with the programs of others and says what is in them: a list of
// what each file holds as CSL-JSON, and for CSL-JSON how citeproc words it in three styles.
const fs = require("node:fs");
const { plugins, util } = require("@citation-js/core");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-csl");

const styles = { apa: "apa", harvard: "harvard1", vancouver: "vancouver" };

console.log(JSON.stringify(process.argv.slice(2).map(file => {
  const text = fs.readFileSync(file, "utf8");
  const forceType = file.endsWith(".ris") ? "@ris/file" : file.endsWith(".bib") ? "@bibtex/text" : "@csl/list+object";
  const data = forceType.startsWith("@csl") ? JSON.parse(text) : new Cite(text, { forceType }).data;
  const words = {};
  if (forceType.startsWith("@csl")) {
    for (const [name, template] of Object.entries(styles)) {
      words[name] = data.map(item => new Cite([item]).format("bibliography", { format: "text", template, lang: "en-US" }).trim());
    }
  }
  return { file, items: data, words };
})));
