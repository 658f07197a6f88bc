// Prints what the page shows of every record of an index, for tests:
//
//	node shown.js SCRIPTS INDEX > shown
//
// It is a JSON list of [[path, title …], text].
"use strict";

const fs = require("fs"), path = require("path"), vm = require("vm");
const [scripts, folder] = process.argv.slice(2);
const window = globalThis.window = {};
globalThis.atob = (s) => Buffer.from(s, "base64").toString("latin1");
vm.runInThisContext(fs.readFileSync(path.join(scripts, "2-index.js"), "utf8"), "2-index.js");

async function load(address) {
  globalThis.vitrineIndex = window.vitrineIndex;
  vm.runInThisContext(fs.readFileSync(address, "utf8"), address);
}

async function main() {
  const index = await new window.vitrineSearch.Index(folder + "/", load).open(), out = [];
  for (let n = index.root.docs - 1; n >= 0; n--) out.unshift([await index.title(n), (await index.row(n)).text]);
  process.stdout.write(JSON.stringify(out));
}

main();
