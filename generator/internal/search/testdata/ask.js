// Asks the engine of the search page in Node.js, for tests:
//
//	node ask.js SCRIPTS INDEX < queries > answers
//
// Queries are a JSON list of what Search.answer takes. An answer is {total, order, lacking,
// most, below: paths of what has most of the words, jumps, offers, read: names of the files that were read for it, bytes: of these}.
"use strict";

const fs = require("fs"), path = require("path"), vm = require("vm");
const [scripts, folder] = process.argv.slice(2);
const window = globalThis.window = {};
globalThis.atob = (s) => Buffer.from(s, "base64").toString("latin1");
for (const f of fs.readdirSync(scripts).filter((f) => /^[1-7]-/.test(f)).sort()) vm.runInThisContext(fs.readFileSync(path.join(scripts, f), "utf8"), f);

let read = [], bytes = 0;
async function load(address) {
  const text = fs.readFileSync(address, "utf8");
  read.push(path.basename(address));
  bytes += text.length;
  globalThis.vitrineIndex = window.vitrineIndex;
  vm.runInThisContext(text, address);
}

async function main() {
  const search = window.vitrineSearch, out = [];
  const index = await new search.Index(folder + "/", load).open();
  for (const asked of JSON.parse(fs.readFileSync(0, "utf8"))) {
    read = [];
    bytes = 0;
    const engine = new search.Search(index), full = { facets: {}, sort: "", need: 10, ...asked }, from = performance.now();
    const a = await engine.answer(full), took = performance.now() - from;
    const offers = a.found.lacking.length ? await search.near.offers(index, engine.matcher, a.query, a.found.lacking) : a.poor ? await search.near.meant(index, engine.matcher, a.query) : [];
    const order = Array.from(a.order.slice(0, full.need));
    const counts = full.count ? (await engine.counts(full.count, a)).filter((v) => v.count).map((v) => v.id + " " + v.count) : [];
    const pathsOf = (list) => Promise.all(list.map(async (n) => (await index.title(n))[0])), titles = await pathsOf(order), below = await pathsOf(a.nearly);
    out.push({ total: a.hits.length, below, order, titles, counts, lacking: a.found.lacking.map((p) => p.words.map((w) => w.fold).join(" ")), most: a.found.most, jumps: a.jumps,
      offers: offers.map((o) => o.text), inText: order.map((n) => engine.matcher.inText(a.found, n)), read, bytes, took });
  }
  process.stdout.write(JSON.stringify(out));
}

main().catch((e) => { console.error(e); process.exit(1); });
