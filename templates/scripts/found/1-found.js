// On a page that was opened from a hit (?q=…): marks the words of the query in its
// description and texts, and goes to the first of them. Where the query stands in the text of
// a page (&in=text), the viewer is opened there, at its line where one says where it lies.
(function (search) {
  "use strict";

  const asked = new URLSearchParams(location.search), query = search.query.parse((asked.get("q") || "").slice(0, 300)), words = search.mark.wordsOf(query);
  const texts = (selector) => Array.from(document.querySelectorAll(selector));

  // taken is an element with its text, the nodes that this is in, and the hits in it.
  function taken(element) {
    const nodes = [], walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walk.nextNode()) {
      nodes.push({ node: walk.currentNode, from: text.length });
      text += walk.currentNode.data;
    }
    return { nodes, text, hits: text === text.normalize("NFC") ? search.mark.hits(text, words) : [] };
  }

  // paint marks hits, from the last to the first, since each splits the node it is in. It
  // returns the one at which the text answers best, and how many words follow each other there.
  function paint({ nodes, text, hits }, least) {
    const shown = hits.filter((h) => h.tier >= least[h.word]), best = search.mark.first(shown, text), marks = new Map();
    for (const { node, from } of nodes.reverse()) {
      for (const h of shown.filter((h) => h.from >= from && h.to <= from + node.data.length).reverse()) {
        const range = document.createRange(), mark = document.createElement("mark");
        mark.className = "found";
        range.setStart(node, h.from - from);
        range.setEnd(node, h.to - from);
        range.surroundContents(mark);
        marks.set(h, mark);
      }
    }
    return best ? { mark: marks.get(best), run: runOf(shown, best) } : null;
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
    const parts = ["h1, .subtitle", ".lead, .column-main > .prose, .column-main section:not(.transcript) > .prose, .creator .prose", ".transcript .prose, .transcript .page-text > div, .transcript h3 + div:not(.prose), .transcript .said"].map((s) => texts(s).map(taken));
    const least = words.map((w, i) => Math.max(0, ...parts.flat(1).flatMap((t) => t.hits.filter((h) => h.word === i).map((h) => h.tier))));
    const [inTitle, described, inText] = parts.map((list) => best(list.map((t) => paint(t, least)))), wanted = asked.get("in") === "text";
    const first = wanted ? inText : described || (inTitle ? null : inText);
    if (!first || location.hash || (wanted && look(first.mark))) return;
    const folded = first.mark.closest("details");
    if (folded) folded.open = true;
    first.mark.scrollIntoView({ block: "center" });
  }

  if (words.length) begin();
})(window.vitrineSearch = window.vitrineSearch || {});
