// Helps where a word is in no record: words that are like it, or that it begins.
(function (search) {
  "use strict";

  const offered = 3, tried = 6, begun = 8;

  // sound is a syllable without what is most often confused in writing: i and y, d, gi and
  // r, s and x, ch and tr, n and l, c, k and q, doubled letters, h, the last n, ng, c, t.
  function sound(fold) {
    return fold.replace(/^(gi|r)(?=[aeiou])/, "d").replace(/^x/, "s").replace(/^tr/, "ch").replace(/^l/, "n").replace(/^[kq]/, "c")
      .replace(/y/g, "i").replace(/(.)\1+/g, "$1").replace(/h/g, "").replace(/ng$/, "n").replace(/t$/, "c");
  }

  // telex is the syllable that somebody meant who typed by Telex where nothing reads it.
  function telex(fold) { return fold.replace(/[sfrxj]$/, "").replace(/(aa|ee|oo|dd)/g, (c) => c[0]).replace(/([aou])w/g, "$1"); }

  // distance is how many letters are wanting, too many, wrong or in the place of each other.
  function distance(a, b) {
    let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  // like are the words of the index that one may have been meant to be, the likeliest first.
  async function like(index, fold) {
    const own = sound(fold), meant = telex(fold), most = fold.length < 4 ? 1 : 2, out = [];
    for (const w of await index.words()) {
      if (Math.abs(w.fold.length - fold.length) > most) continue;
      const far = w.fold === meant ? 0.25 : sound(w.fold) === own ? 0.5 : distance(fold, w.fold);
      if (far <= most) out.push({ ...w, far });
    }
    return out.sort((a, b) => a.far - b.far || b.count - a.count).slice(0, tried);
  }

  // begins are the commonest words of the index that begin like one that is being typed.
  async function begins(index, fold) {
    const list = (await index.words()).filter((w) => w.fold.startsWith(fold));
    return list.sort((a, b) => b.count - a.count).slice(0, begun).map((w) => w.fold);
  }

  // offers are queries that find something, in the place of one with a word that nobody has.
  async function offers(index, matcher, query, lacking) {
    const out = [], wrong = lacking.find((p) => p.kind === "word");
    if (!wrong || lacking.length > 2) return out;
    for (const w of await like(index, wrong.words[0].fold)) {
      const text = search.query.replaced(query, wrong.words[0], w.spelling), found = await matcher.find(search.query.parse(text));
      if (!found.most && found.lacking.length < lacking.length && found.hits.length) out.push({ text, far: w.far, total: found.hits.length });
    }
    return out.sort((a, b) => a.far - b.far || b.total - a.total).filter((o) => o.far < out[0].far + 1).slice(0, offered);
  }

  // meant are queries in which one word is another that sounds like it, and then stands
  // beside its neighbour as it is typed: for where all words are found, but nothing fits.
  async function meant(index, matcher, query) {
    const out = [], words = query.parts.filter((p) => p.kind === "word");
    if (words.length < 2 || words.length > 4) return out;
    for (const p of words) {
      const near = (await like(index, p.words[0].fold)).filter((w) => w.far > 0 && w.far < 1);
      for (const w of near) {
        const text = search.query.replaced(query, p.words[0], w.spelling), found = await matcher.find(search.query.parse(text));
        if (found.most || found.lacking.length || !found.hits.length) continue;
        const score = Math.max(...matcher.scores(found, found.hits));
        if (search.close(score)) out.push({ text, score });
      }
    }
    return out.sort((a, b) => b.score - a.score).slice(0, offered);
  }

  search.near = { like, begins, offers, meant, distance, sound };
})(window.vitrineSearch = window.vitrineSearch || {});
