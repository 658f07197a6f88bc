// What a reader asks for: words, "phrases", -not, field:word, codes and dates.
(function (search) {
  "use strict";

  // Lanes of evidence, as bits: title, reference and date, names, summary, transcript.
  const everywhere = 31;
  const fields = {
    "tieu-de": 1, title: 1, "ky-hieu": 2, ref: 2, nguoi: 4, person: 4, noi: 4, place: 4, "chu-de": 4, subject: 4,
    "tom-tat": 8, summary: 8, "toan-van": 16, text: 16,
  };
  const piece = /(-?)(?:([\p{L}\p{M}-]+):\s*)?(?:"([^"]*)"?|“([^”]*)”?|(\S+))/gu;

  // parse is {text, parts, without}. A part is {kind, words, key, lanes, joined}: kind is
  // "word", "phrase", "code" or "date"; key is that of a code or date, joined says that it
  // follows the part before it; whole is the word that it begins where signs are left out. without are those that a hit must not have.
  function parse(text) {
    text = text.normalize("NFC").trim();
    const query = { text, parts: [], without: [] };
    let bare = null; // the stretch of plain words that is being read
    const flush = (to) => {
      if (bare !== null) query.parts.push(...plain(text.slice(bare, to), bare, everywhere));
      bare = null;
    };
    for (const m of text.matchAll(piece)) {
      const lanes = m[2] && laneOf(m[2]), quoted = m[3] !== undefined ? m[3] : m[4];
      if (!m[1] && !lanes && quoted === undefined && !laneOf(m[5].slice(0, -1))) {
        if (bare === null) bare = m.index;
        continue;
      }
      flush(m.index);
      if (m[5] && /:$/.test(m[5]) && laneOf(m[5].slice(0, -1))) continue; // what is looked for there is not typed yet
      const said = quoted !== undefined ? quoted : m[2] && !lanes ? m[2] + ":" + m[5] : m[5];
      const parts = (quoted === undefined ? plain : phrase)(said, m.index + Math.max(0, m[0].indexOf(said)), lanes || everywhere);
      (m[1] ? query.without : query.parts).push(...parts);
    }
    flush(text.length);
    return query;
  }

  function laneOf(name) { return fields[search.text.fold(name)]; }

  function wordsOf(read, offset) { return read.tokens.map((t) => wordOf(t, offset)); }

  function wordOf(t, offset) { return { ...t, from: t.from + offset, to: t.to + offset, marked: t.canon !== t.fold && t.canon !== t.fold + "1" }; }

  function phrase(text, offset, lanes) {
    const words = wordsOf(search.text.read(text, true), offset);
    if (words.length > 1) return [{ kind: "phrase", words, lanes }];
    return words.map((w) => ({ kind: "word", words: [w], lanes }));
  }

  // plain reads words that are not quoted: dates first, then codes, the rest are words. A
  // year, with or without năm before it, is looked for among the dates too.
  function plain(text, offset, lanes) {
    const read = search.text.read(text, true), words = wordsOf(read, offset), out = [];
    const starts = new Map();
    for (const c of read.codes) starts.set(c.first, { kind: "code", ...c });
    for (const d of read.dates) {
      for (const [at, c] of starts) if (c.last >= d.first && at <= d.last) starts.delete(at);
      starts.set(d.first, { kind: "date", ...d });
    }
    for (let i = 0; i < words.length; i++) {
      const year = (n) => !starts.has(n) && words[n] && /^[12][0-9]{3}$/.test(words[n].fold);
      let s = starts.get(i);
      if (!s && words[i].fold === "nam" && year(i + 1)) s = { kind: "date", key: "@" + words[i + 1].fold, last: i + 1 };
      if (!s) s = { kind: "word", key: year(i) ? "@" + words[i].fold : "", last: i };
      const j = s.kind === "word" && read.joined.find((x) => x.first === i), whole = j && words.slice(i, j.last + 1).every((w, k) => !starts.has(i + k));
      out.push({ kind: s.kind, key: s.key, words: words.slice(i, s.last + 1), lanes, joined: i > 0, whole: whole ? { word: wordOf(j.word, offset), parts: j.last - i + 1 } : null });
      i = s.last;
    }
    return out;
  }

  // replaced is the text of a query with another word in the place of one.
  function replaced(query, word, by) { return query.text.slice(0, word.from) + by + query.text.slice(word.to); }

  // How well a form fits what was typed: it is that; it was typed without marks; the
  // letters are the same, the tone is not; it is the same without marks. 0 is no fit.
  const grades = { same: 4, fits: 3, toneless: 2, folded: 1 };

  function fit(word, canon) {
    if (canon === word.canon || !canon) return grades.same;
    if (!word.marked) return grades.fits;
    return canon.slice(0, -1) === word.canon.slice(0, -1) ? grades.toneless : grades.folded;
  }

  Object.assign(search, { query: { parse, replaced }, grades, fit });
})(window.vitrineSearch = window.vitrineSearch || {});
