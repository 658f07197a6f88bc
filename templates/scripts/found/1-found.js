// On a page that was opened from a hit (?q=…): marks the words of the query in its
// description and texts, and goes to the first of them. Where the query stands in the text of
// a page (&in=text), the viewer is opened there, at its line where one says where it lies.
(function (search) {
  "use strict";

  const asked = new URLSearchParams(location.search), query = search.query.parse((asked.get("q") || "").slice(0, 300)), words = search.mark.wordsOf(query);
  const texts = (selector) => Array.from(document.querySelectorAll(selector));

  // paint marks the words of an element, in the stretches of text that stand together there.
  // The best fit of a word counts in the whole element.
  function paint(element) {
    const nodes = [], walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walk.nextNode()) {
      nodes.push({ node: walk.currentNode, from: text.length });
      text += walk.currentNode.data;
    }
    if (text !== text.normalize("NFC")) return null;
    const hits = search.mark.hits(text, words), best = search.mark.first(hits, text), marks = new Map();
    for (const { node, from } of nodes.reverse()) {
      const inside = hits.filter((h) => h.from >= from && h.to <= from + node.data.length).reverse();
      for (const h of inside) {
        const range = document.createRange(), mark = document.createElement("mark");
        mark.className = "found";
        range.setStart(node, h.from - from);
        range.setEnd(node, h.to - from);
        range.surroundContents(mark);
        marks.set(h, mark);
      }
    }
    return best ? { mark: marks.get(best), run: runOf(hits, best) } : null;
  }

  // runOf is how many words of the query follow each other from a hit on.
  function runOf(hits, from) {
    let i = hits.indexOf(from), run = 1;
    for (; hits[i + 1] && hits[i + 1].word === hits[i].word + 1; i++) run++;
    return run;
  }

  function best(list) { return list.filter((f) => f && f.mark).sort((a, b) => b.run - a.run)[0]; }

  // look opens the viewer at the line of a mark in the text of a page that has a picture.
  function look(mark) {
    const section = mark.closest(".transcript"), heading = section && section.querySelector("[id^=text-to-]"), line = mark.closest("[data-box]");
    const page = heading && heading.id.slice("text-to-".length);
    if (!page || !window.vitrineViewer || !document.querySelector("#to-" + page + " .sheet-file")) return false;
    const box = line ? line.dataset.box : "";
    location.replace("#page=" + page + (box ? "&xywh=" + box : ""));
    return true;
  }

  function begin() {
    const titles = texts("h1, .subtitle").map(paint), scope = texts(".column-main > .prose").map(paint), spoken = texts(".transcript .prose, .transcript .page-text > div, .transcript h3 + div").map(paint);
    const inText = best(spoken), first = asked.get("in") === "text" ? inText : best(scope) || (best(titles) ? null : inText);
    if (!first || location.hash) return;
    if (asked.get("in") === "text" && look(first.mark)) return;
    const folded = first.mark.closest("details");
    if (folded) folded.open = true;
    first.mark.scrollIntoView({ block: "center" });
  }

  if (words.length) begin();
})(window.vitrineSearch = window.vitrineSearch || {});
