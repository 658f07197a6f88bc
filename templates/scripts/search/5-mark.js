// Marks the words of a query in a text: whole syllables, the best fits alone.
(function (search) {
  "use strict";

  const around = 90; // characters before the first hit, and twice as many behind it

  // wordsOf are all words of a query that a hit should have.
  function wordsOf(query) { return query.parts.flatMap((p) => p.words.concat(p.whole ? p.whole.word : [])); }

  // hits are where the words stand in a text in NFC, in their order: {from, to, word}. Of
  // a word only those places are told where it fits best, and no worse than its least.
  function hits(text, words) {
    const out = [], best = words.map(() => 0);
    for (const t of search.text.read(text).tokens) {
      let word = -1, grade = 0;
      words.forEach((w, i) => {
        const g = t.fold === w.fold || (w.begins && w.begins.includes(t.fold)) ? search.fit(w, t.canon) : [t.fold, t.number].includes(w.number || w.fold) ? search.grades.fits : 0;
        if (g > grade) [grade, word] = [g, i];
      });
      if (word < 0) continue;
      const tier = Math.min(grade, search.grades.fits);
      best[word] = Math.max(best[word], tier);
      out.push({ from: t.from, to: t.to, word, tier });
    }
    return together(out.filter((h) => h.tier === best[h.word] && h.tier >= (words[h.word].least || 0)));
  }

  // together leaves out a word that stands alone where it stands beside its neighbours in
  // the query too: most Vietnamese words are two syllables.
  function together(list) {
    const beside = (a, b) => a && b && b.word === a.word + 1 && b.from - a.to < 3;
    const joined = new Set();
    list.forEach((h, i) => { if (beside(list[i - 1], h) || beside(h, list[i + 1])) joined.add(h); });
    const covered = new Set([...joined].map((h) => h.word));
    return list.filter((h) => joined.has(h) || !covered.has(h.word));
  }

  // first is the hit at which a text answers best: the first of those that follow each
  // other as in the query, or else of all.
  function first(list, text) {
    let at = 0, most = 0;
    for (let i = 0, run = 1; i < list.length; i++) {
      run = i && list[i].word === list[i - 1].word + 1 && list[i].from - list[i - 1].to < 3 ? run + 1 : 1;
      if (run > most) [most, at] = [run, i - run + 1];
    }
    return list[at];
  }

  // into sets a text into an element, with its hits in <mark>.
  function into(element, text, list) {
    const parts = [];
    let at = 0;
    for (let i = 0; i < list.length; i++) {
      const { from } = list[i];
      while (list[i + 1] && text.slice(list[i].to, list[i + 1].from).trim() === "") i++; // one mark over a stretch
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, list[i].to);
      parts.push(text.slice(at, from), mark);
      at = list[i].to;
    }
    element.replaceChildren(...parts, text.slice(at));
  }

  // snippet sets the part of a text around its best hit; where there is none, the
  // beginning. It reports whether there was a hit.
  function snippet(element, text, words) {
    text = text.normalize("NFC");
    const list = hits(text, words), hit = first(list);
    let from = hit && hit.from > around ? text.indexOf(" ", hit.from - around) + 1 : 0;
    if (hit && from > hit.from) from = hit.from;
    let to = Math.min(text.length, from + 3 * around);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), hit ? hit.to : 0);
    const shown = (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : ""), shift = from - (from ? 2 : 0);
    into(element, shown, list.filter((h) => h.from >= from && h.to <= to).map((h) => ({ ...h, from: h.from - shift, to: h.to - shift })));
    return list.length > 0;
  }

  search.mark = { wordsOf, hits, first, into, snippet };
})(window.vitrineSearch = window.vitrineSearch || {});
