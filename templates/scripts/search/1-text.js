// What the words of a text are, exactly as the index has them (package search, token.go
// and date.go; package vi, letters.go): a test holds both to the same tokens.
(function (search) {
  "use strict";

  const tones = { "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6 };
  const shaped = { "a\u0306": "ă", "a\u0302": "â", "e\u0302": "ê", "o\u0302": "ô", "o\u031b": "ơ", "u\u031b": "ư" };
  const plain = { ð: "đ", æ: "ae", œ: "oe", ø: "o", ß: "ss", ł: "l", þ: "th", ı: "i" };
  const mark = /\p{Mn}/u, letter = /\p{L}/u, run = /[0-9]+|(?:(?![0-9])[\p{L}\p{Mn}\p{Nd}])+/gu;
  const glyphs = new Map();

  // glyphOf is what is known of a character: its letters without tone, those without
  // any mark, its tone, 0 for none.
  function glyphOf(c) {
    let g = glyphs.get(c);
    if (g) return g;
    g = { letters: "", fold: "", tone: 0 };
    let base = "";
    for (const m of c.toLowerCase().normalize("NFD")) {
      if (tones[m]) g.tone = tones[m];
      else if (mark.test(m)) base = shaped[base + m] || base;
      else {
        g.letters += base;
        base = plain[m] || m;
        g.fold += base === "đ" ? "d" : base;
      }
    }
    g.letters += base;
    glyphs.set(c, g);
    return g;
  }

  // fold is a text in lower case without marks, d for đ.
  function fold(text) {
    let out = "";
    for (const c of text) out += glyphOf(c).fold;
    return out;
  }

  // canon is one syllable without its tone, and the number of that: hoà and hòa are hoa2.
  function canon(text) {
    if (!letter.test(text)) return text;
    let out = "", tone = 1;
    for (const c of text.normalize("NFC")) {
      const g = glyphOf(c);
      out += g.letters;
      tone = g.tone || tone;
    }
    return out + tone;
  }

  // tokens are the words of a text in NFC, {fold, canon, number, from, to}: places are
  // those of its UTF-16, number what an ordinal stands for, "" for most.
  // Where typed is set, as a reader types: ordinals count without their marks too, and
  // Roman numerals in small letters.
  function tokens(text, typed) {
    const out = [];
    for (const m of text.matchAll(run)) {
      const t = wordOf(m[0], m.index, m.index + m[0].length);
      if (t.fold) out.push(t);
    }
    for (let i = 1; i < out.length; i++) {
      const form = typed ? "fold" : "canon", last = out[i - 1][form], words = typed ? countingTyped : counting;
      if (!words.has(last) && !words.has((i > 1 ? out[i - 2][form] : "") + " " + last)) continue;
      const word = text.slice(out[i].from, out[i].to);
      out[i].number = roman(typed ? word.toUpperCase() : word) || (out[i - 1].fold === "thu" && (typed ? ordinalsTyped : ordinals)[out[i][form]]) || "";
    }
    return out;
  }

  function wordOf(word, from, to) {
    const digits = /^[0-9]/.test(word), trimmed = word.replace(/^0+(?=[0-9])/, "");
    return { fold: digits ? trimmed : withI(fold(word)), canon: digits ? trimmed : withI(canon(word)), number: "", from, to };
  }

  // withI writes i for y at the end of the syllables that are spelled with either: Lý and Lí, quý and quí.
  function withI(form) { return form.replace(/^([hklmst]|qu)y([1-6]?)$/, "$1i$2"); }

  const counting = new Set(["lân2 thư5", "khoa5", "quyên3", "tâp6", "thê5 ki3", "đai6 hôi6"]);
  const ordinals = { nhât5: "1", hai1: "2", nhi2: "2", ba1: "3", tư1: "4", năm1: "5", sau5: "6", bay3: "7", tam5: "8", chin5: "9", mươi2: "10" };

  const bare = (canon) => fold(canon.replace(/[1-6](?= |$)/g, ""));
  const countingTyped = new Set([...counting].map(bare));
  const ordinalsTyped = Object.fromEntries(Object.entries(ordinals).map(([canon, n]) => [bare(canon), n]));

  // roman is the number of a numeral from I to XXXIX in capitals, or "".
  function roman(word) {
    const m = /^(X{0,3})(|I|II|III|IV|V|VI|VII|VIII|IX)$/.exec(word);
    const n = m && m[1].length * 10 + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"].indexOf(m[2]);
    return n ? String(n) : "";
  }

  // codes are the codes among tokens, {key, first, last}: 100-CT/TW is "100-ct/tw".
  function codes(text, tokens) {
    const out = [];
    for (let i = 0, last; i < tokens.length; i = last + 1) {
      let key = tokens[last = i].fold, numbers = isNumber(tokens[i]);
      for (; last + 1 < tokens.length; last++) {
        const m = /^(?:([-–‑‐])|(\/)|)$/.exec(text.slice(tokens[last].to, tokens[last + 1].from));
        if (!m) break;
        key += (m[1] ? "-" : m[2] || "") + tokens[last + 1].fold;
        numbers = numbers || isNumber(tokens[last + 1]);
      }
      if (numbers && /[-/]/.test(key) && new TextEncoder().encode(key).length <= 64) out.push({ key, first: i, last });
    }
    return out;
  }

  function isNumber(t) { return /^[0-9]/.test(t.fold); }

  // joined are the words that several tokens make when the signs between them are left out,
  // {word, first, last}: Giơ-ne-vơ is Giơnevơ too, X.Y.Z. is XYZ, 1.008 is 1008.
  function joined(text, tokens) {
    const out = [], bytes = (s) => new TextEncoder().encode(s).length;
    const joins = (first, last, next, sign, more) => {
      if (isNumber(last) !== isNumber(next)) return false;
      if (sign === "-") return !isNumber(next);
      if (isNumber(next)) return next.to - next.from === 3 && (more || first.to - first.from <= 3);
      return [...last.fold].length === 1 && [...next.fold].length === 1;
    };
    for (let i = 0, last; i < tokens.length; i = last + 1) {
      let sign = "";
      for (last = i; last + 1 < tokens.length; last++) {
        const between = text.slice(tokens[last].to, tokens[last + 1].from);
        if ((between !== "-" && between !== ".") || (sign && between !== sign) || !joins(tokens[i], tokens[last], tokens[last + 1], between, last > i)) break;
        sign = between;
      }
      const word = last > i ? text.slice(tokens[i].from, tokens[last].to).split(sign).join("") : "";
      if (word && bytes(word) <= 32) out.push({ word: wordOf(word, tokens[i].from, tokens[last].to), first: i, last });
    }
    return out;
  }

  const months = "january february march april may june july august september october november december".split(" ");

  // dates are those that are written among tokens, {key, first, last}: "@1945-09-02".
  function dates(text, tokens) {
    const out = [];
    let at = 0;
    const peek = () => (at < tokens.length ? tokens[at].fold : "");
    const word = (fold) => peek() === fold && !!++at;
    const number = (least, most) => {
      const n = /^[0-9]{1,4}$/.test(peek()) ? Number(peek()) : 0;
      return n >= least && n <= most && ++at ? n : 0;
    };
    const day = () => number(1, 31), month = () => number(1, 12), year = () => number(1000, 2999);
    const sign = (signs) => {
      if (at === tokens.length) return false;
      const between = text.slice(tokens[at - 1].to, tokens[at].from).replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
      return between.length === 1 && signs.includes(between);
    };
    const pad = (n) => String(n).padStart(2, "0");
    const key = (y, m, d) => (y ? "@" + y + "-" + pad(m) + (d ? "-" + pad(d) : "") : "");
    const rest = (d) => {
      const m = month();
      return m && sign("-/.") ? key(year(), m, d) : "";
    };
    const worded = () => {
      let named = word("ngay");
      named = word("mung") || word("mong") || named;
      const d = day();
      if (named && !d) return "";
      if (named && sign("-/.")) return rest(d);
      const m = word("thang") ? month() : 0;
      if (!m) return "";
      word("nam");
      return key(year(), m, d);
    };
    const short = () => {
      const first = day();
      if (!first || !sign("-/.")) return "";
      const slash = text[tokens[at - 1].to] === "/", y = year();
      if (y) return slash && first <= 12 ? key(y, first, 0) : "";
      return rest(first);
    };
    const english = () => {
      let d = day();
      const m = months.findIndex(word) + 1;
      if (!m) return "";
      const before = at;
      if (!d && (!(d = day()) || !peek())) [at, d] = [before, 0];
      return key(year(), m, d);
    };
    const iso = () => {
      const y = year(), m = y && sign("-") ? month() : 0;
      return m && sign("-") ? dayOf(y, m) : "";
    };
    const dayOf = (y, m) => {
      const d = day();
      return d ? key(y, m, d) : "";
    };
    for (let i = 0; i < tokens.length; i++) {
      for (const form of [worded, short, english, iso]) {
        at = i;
        const found = form();
        if (!found) continue;
        out.push({ key: found, first: i, last: at - 1 });
        i = at - 1;
        break;
      }
    }
    return out;
  }

  // worded is what the words of a text are, all together.
  function read(text, typed) {
    text = text.normalize("NFC");
    const list = tokens(text, typed);
    return { text, tokens: list, codes: codes(text, list), dates: dates(text, list), joined: joined(text, list) };
  }

  search.text = { fold, canon, read };
})(window.vitrineSearch = window.vitrineSearch || {});
