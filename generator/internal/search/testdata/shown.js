// Prints what the page shows of every record of an index, for tests:
//
//	node shown.js SCRIPTS INDEX PARTS > shown
//
// PARTS are the lines that the server hands out: "none", "all", or "some" until it stops. It
// is JSON: {Shown: [[path, title …], text], Files, Lines: how many were asked for}.
"use strict";

const fs = require("fs"), path = require("path"), vm = require("vm");
const [scripts, folder, parts] = process.argv.slice(2);
const window = globalThis.window = {};
globalThis.atob = (s) => Buffer.from(s, "base64").toString("latin1");
vm.runInThisContext(fs.readFileSync(path.join(scripts, "2-index.js"), "utf8"), "2-index.js");

const out = { Shown: [], Files: 0, Lines: 0 };

async function load(address) {
  out.Files++;
  globalThis.vitrineIndex = window.vitrineIndex;
  vm.runInThisContext(fs.readFileSync(address, "utf8"), address);
}

async function part(address, from, to) {
  if (++out.Lines > 4 && parts === "some") throw new Error("no parts any more");
  return fs.readFileSync(address).subarray(from, to).toString("utf8");
}

async function main() {
  const index = await new window.vitrineSearch.Index(folder + "/", load, parts === "none" ? null : part).open();
  for (let n = index.root.docs - 1; n >= 0; n--) out.Shown.unshift([await index.title(n), (await index.row(n)).text]);
  process.stdout.write(JSON.stringify(out));
}

main();
