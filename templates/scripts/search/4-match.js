// Finds the records that have all parts of a query, and ranks them.
//
// What the first answer costs: the root and, of terms, the file of each word. The total, the
// records, and the order of those whose title, reference or names have the query as it was
// typed, come from these alone. Places in summaries and transcripts (bodies) are read for
// phrases; and, once the first answer is shown, where they could change the page that was asked
// for: two files at most, and none for words that stand in very many texts.
(function (search) {
  "use strict";

  const { same, fits, toneless } = search.grades, fit = search.fit, lanes = search.lanes, short = search.short;
  const shorts = (1 << short) - 1, dateLane = 1, namesLane = 2;
  const rankOf = [7, 6, 5, 3, 2];
  const readable = 20000, files = 2; // records whose places are read for one answer, and the files of these
  const few = 10; // hits: below that those are shown too that have nearly all
  const step = 64; // a title begins at a multiple of it

  // Evidence says how well each record has something in each lane, from 0 to same.
  class Evidence {
    constructor(docs) {
      this.docs = docs;
      this.lanes = new Array(lanes).fill(null);
    }

    lane(l) { return this.lanes[l] || (this.lanes[l] = new Uint8Array(this.docs)); }

    // take takes in occurrences of a lane; grades says how well each form fits. Where the
    // places are not read yet, the worst is assumed.
    take(l, { set, starts, canon }, grades) {
      const a = this.lane(l), worst = Math.min(...grades), one = worst === Math.max(...grades) || !canon;
      for (let i = 0; i < set.length; i++) {
        const n = set[i];
        let best = one ? worst : 0;
        if (!one) for (let j = starts[i]; j < starts[i + 1]; j++) if (grades[canon[j]] > best) best = grades[canon[j]];
        if (best > a[n]) a[n] = best;
      }
      this.any = null;
    }

    // merge takes the better of two in every lane, no better than most.
    merge(other, most) {
      other.lanes.forEach((b, l) => {
        if (!b) return;
        const a = this.lane(l);
        for (let n = 0; n < b.length; n++) {
          const value = b[n] < most ? b[n] : most;
          if (value > a[n]) a[n] = value;
        }
      });
      this.any = null;
    }

    // best is the best of every record in any lane.
    best() {
      if (this.any) return this.any;
      const out = this.any = new Uint8Array(this.docs);
      for (const a of this.lanes) if (a) for (let n = 0; n < out.length; n++) if (a[n] > out[n]) out[n] = a[n];
      return out;
    }
  }

  // graded are the occurrences of a term in a lane, each with how well it fits; null where
  // there are none or their places are not read.
  function graded({ term, grades }, l) {
    const o = term.lanes[l];
    return o && o.canon ? { set: o.set, starts: o.starts, at: o.at, grade: Uint8Array.from(o.canon, (c) => grades[c]) } : null;
  }

  // follow are the occurrences of b right behind one of a. References and names are short:
  // what stands in the same one is taken for side by side.
  function follow(a, b) {
    const set = [], starts = [0], at = [], grade = [];
    for (let r = 0, s = 0; r < a.set.length && s < b.set.length;) {
      if (a.set[r] < b.set[s]) r++;
      else if (a.set[r] > b.set[s]) s++;
      else if (!a.at) {
        set.push(a.set[r]);
        grade.push(Math.min(bestOf(a, r++), bestOf(b, s++)));
        starts.push(grade.length);
      } else {
        for (let j = a.starts[r], k = b.starts[s]; j < a.starts[r + 1] && k < b.starts[s + 1];) {
          const gap = b.at[k] - a.at[j];
          if (gap === 1) {
            at.push(b.at[k]);
            grade.push(Math.min(a.grade[j], b.grade[k]));
          }
          if (gap <= 1) k++;
          else j++;
        }
        if (at.length > starts[starts.length - 1]) {
          set.push(a.set[r]);
          starts.push(at.length);
        }
        r++;
        s++;
      }
    }
    return { set, starts, at: a.at && at, grade };
  }

  function bestOf({ starts, grade }, r) {
    let best = 0;
    for (let j = starts[r]; j < starts[r + 1]; j++) if (grade[j] > best) best = grade[j];
    return best;
  }

  class Matcher {
    constructor(index) {
      this.index = index;
      this.docs = index.root.docs;
    }

    // terms are the ways in which a word may stand in the index: as it is, as a number,
    // or, where it is not typed to its end, as one of those that it begins.
    async terms(word) {
      const terms = await Promise.all(keysOf(word).map((key) => this.index.term(key)));
      return terms.filter(Boolean).map((term) => ({ term, grades: term.canons.map((c) => (term.key === word.fold ? fit(word, c) : fits)) }));
    }

    async word(word, allowed) {
      const out = new Evidence(this.docs);
      for (const { term, grades } of await this.terms(word)) {
        term.lanes.forEach((o, l) => { if (o && allowed & (1 << l)) out.take(l, o, grades); });
      }
      return out;
    }

    // key is the evidence of a code or date, null where there is none.
    async key(key, allowed) {
      const out = new Evidence(this.docs), term = await this.index.term(key);
      if (term) term.lanes.forEach((o, l) => { if (o && allowed & (1 << l)) out.take(l, o, [same]); });
      return term ? out : null;
    }

    // phrase is the evidence of words in their order, side by side. Long lanes count where
    // their places are read, or shall be, as long as there are no more than so many.
    async phrase(words, allowed, most) {
      const each = await Promise.all(words.map((w) => this.terms(w))), out = new Evidence(this.docs);
      if (allowed > shorts && (most === Infinity || (records(each.flat()) <= most && this.wanting(each.flat()).length <= files))) await Promise.all(each.flat().map(({ term }) => this.index.places(term)));
      for (let l = 0; l < lanes; l++) {
        if (!(allowed & (1 << l))) continue;
        let chains = null;
        for (const terms of each) {
          const here = terms.map((t) => graded(t, l)).filter(Boolean);
          chains = chains ? chains.flatMap((c) => here.map((o) => follow(c, o))) : here;
        }
        if (l === namesLane && most === Infinity) chains = await this.inOneName(words, chains);
        for (const { set, starts, grade } of chains) if (set.length) out.take(l, { set, starts, canon: grade }, [0, 1, 2, 3, 4]);
      }
      return out;
    }

    // inOneName leaves of a quoted phrase the records in which it stands in one name, as far as
    // its pairs tell.
    async inOneName(words, chains) {
      const pairs = words.slice(1).map((w, i) => this.index.term(words[i].fold + " " + w.fold));
      const sets = (await Promise.all(pairs)).map((term) => new Set(term ? term.lanes[namesLane].set : []));
      return chains.map(({ set, starts, grade }) => {
        const kept = { set: [], starts: [0], grade: [] };
        for (let i = 0; i < set.length; i++) {
          if (!sets.every((s) => s.has(set[i]))) continue;
          kept.set.push(set[i]);
          for (let j = starts[i]; j < starts[i + 1]; j++) kept.grade.push(grade[j]);
          kept.starts.push(kept.grade.length);
        }
        return kept;
      });
    }

    // wanting are the files of places of terms that are not here yet.
    wanting(list) {
      const names = list.filter(({ term }) => term.lanes.slice(short).some((o) => o && !o.canon)).map(({ term }) => this.index.named("bodies", term.key));
      return [...new Set(names)].filter((name) => !this.index.files.has(name));
    }

    // part is the evidence of one part of a query.
    async part(part) {
      const { words, lanes: allowed } = part;
      if (part.kind === "phrase") return this.phrase(words, allowed, Infinity);
      const keyed = part.key ? await this.key(part.key, allowed) : null;
      if (part.kind === "code") {
        part.code = keyed;
        const pieces = await this.phrase(words, keyed ? allowed & shorts : allowed, readable);
        if (keyed) pieces.merge(keyed, same);
        return pieces;
      }
      part.dated = keyed;
      if (part.kind === "date") return keyed || this.phrase(words, allowed, readable);
      const out = await this.word(words[0], allowed);
      if (keyed) out.merge(keyed, same);
      return out;
    }

    // link is the evidence of a part side by side with the one before it; null where they
    // need not be, since one is a date or a phrase.
    async link(last, part) {
      if (!last || !part.joined || part.kind === "date" || last.kind === "date") return null;
      return this.phrase([last.words[last.words.length - 1], part.words[0]], part.lanes, 0);
    }

    // others adds what an authority is called elsewhere, where its name stands in the query:
    // a record that has the other name has these words.
    async others({ parts, evidence, links }) {
      const out = [];
      for (let i = 0; i < parts.length; i++) {
        if (parts[i].kind !== "word") continue;
        for (const alias of aliasesOf(await this.index.term(parts[i].words[0].fold))) {
          const end = i + alias.rest.length, rest = parts.slice(i + 1, end + 1);
          if (rest.length < alias.rest.length || !rest.every((p, k) => p.kind === "word" && p.joined && p.words[0].fold === alias.rest[k])) continue;
          out.push({ path: alias.path, whole: i === 0 && end === parts.length - 1 });
          if (!alias.own.length || out.length > 8) continue;
          const words = alias.own.map((f) => ({ fold: f, canon: f + "1", marked: false }));
          const found = words.length > 1 ? await this.phrase(words, parts[i].lanes, readable / 2) : await this.word(words[0], parts[i].lanes);
          replace(i, end, found, toneless, evidence, links);
        }
      }
      return out;
    }

    // ordinal lets "lần thứ sáu" be the number of "Đại hội VI", and the other way round.
    async ordinal({ parts, evidence, links }) {
      for (let i = 1; i < parts.length; i++) {
        const is = (k, fold) => k >= 0 && parts[k].kind === "word" && parts[k].words[0].fold === fold, n = parts[i].words[0].number;
        if (!n) continue;
        if (!is(i - 1, "thu") || !is(i - 2, "lan")) {
          const between = ["lan", "thu"].map((f) => ({ fold: f, canon: f + "1", marked: false }));
          if (links[i]) links[i].merge(await this.phrase([parts[i - 1].words[0], ...between, parts[i].words[0]], parts[i].lanes, 0), fits);
          continue;
        }
        const number = { fold: n, canon: n, marked: false }, before = i > 2 && links[i - 2];
        replace(i - 2, i, await this.word(number, parts[i].lanes), fits, evidence, links);
        if (before) before.merge(await this.phrase([parts[i - 3].words[0], number], parts[i].lanes, 0), fits);
      }
    }

    // wholes lets Giơ-ne-vơ be Giơnevơ.
    async wholes({ parts, evidence, links }) {
      for (let i = 0; i < parts.length; i++) {
        const w = parts[i].whole;
        if (w) replace(i, i + w.parts - 1, await this.word(w.word, parts[i].lanes), same, evidence, links);
      }
    }

    // find is what the index says of a query: {parts, evidence, links, aliases, hits, lacking,
    // most, nearly}. hits are the records that have all parts, ascending; nearly those that have
    // most of the others, where hits are few; lacking are parts that no record has, which are then left out; most is set where no record has all the others,
    // and hits are those that have most of them.
    async find(query) {
      const parts = query.parts, found = { parts, lacking: [], most: false };
      found.evidence = await Promise.all(parts.map((p) => this.part(p)));
      found.links = await Promise.all(parts.map((p, i) => this.link(parts[i - 1], p)));
      found.aliases = await this.others(found);
      await this.ordinal(found);
      await this.wholes(found);
      const without = await Promise.all(query.without.map((p) => this.part(p)));
      this.dates(found);
      this.intersect(found, without);
      return found;
    }

    intersect(found, without) {
      const count = new Uint8Array(this.docs), some = found.evidence.map(() => false);
      found.evidence.forEach((e, i) => {
        const any = e.best();
        for (let n = 0; n < any.length; n++) {
          if (!any[n]) continue;
          count[n]++;
          some[i] = true;
        }
      });
      for (const e of without) e.best().forEach((value, n) => { if (value) count[n] = 0; });
      found.lacking = found.parts.filter((p, i) => !some[i]);
      const kept = (list) => list.filter((x, i) => some[i]);
      found.links = kept(found.links.map((l, i) => (some[i - 1] ? l : null)));
      found.parts = kept(found.parts);
      found.evidence = kept(found.evidence);
      let need = Math.max(1, found.parts.length);
      const has = count.reduce((a, b) => Math.max(a, b), 0);
      if (has < found.parts.length) [need, found.most] = [Math.max(1, has), has > 0];
      const those = (wanted) => {
        const hits = new Uint32Array(this.docs);
        let total = 0;
        for (let n = 0; n < count.length; n++) if (count[n] === wanted) hits[total++] = n;
        return hits.slice(0, total);
      };
      found.hits = those(need);
      found.nearly = [];
      for (let n = need - 1; n * 2 > need && !found.nearly.length && need > 2 && !found.most && found.hits.length < few; n--) found.nearly = those(n);
    }

    // dates lets the date of a record stand in any field of it, beside its words; but not
    // that of a record which only spans the year, as most fonds do.
    dates({ parts, evidence, links }) {
      parts.forEach((p, i) => {
        const dated = p.dated && p.dated.lanes[dateLane];
        if (!dated) return;
        const [from, to] = this.index.begun(Number(p.key.slice(1, 5))), everywhere = new Evidence(this.docs);
        everywhere.lanes.fill(new Uint8Array(this.docs)); // one for all lanes
        everywhere.lanes[0].set(dated.subarray(from, to), from);
        for (const e of [evidence[i], links[i], links[i + 1]]) if (e) e.merge(everywhere, same);
      });
    }

    // scores ranks hits, the greatest first: by a code that is the reference, marks, words
    // side by side, the field (of words that are scattered the mean of their best ones), pairs
    // side by side, the place in the title, and in how many fields all of it stands.
    scores(found, hits) {
      const { parts, evidence } = found, links = found.links.filter(Boolean), out = new Float64Array(hits.length);
      const chained = parts.every((p, i) => !i || found.links[i] || (p.joined && (p.kind === "date" || parts[i - 1].kind === "date")));
      const edge = this.edges(found), any = evidence.map((e) => e.best()), anyLink = links.map((e) => e.best());
      for (let i = 0; i < hits.length; i++) {
        const n = hits[i];
        let best = 0, scattered = same, pairs = 0, code = 0, rank = 0, within = 0;
        for (let l = 0; l < lanes; l++) {
          let grade = same, side = chained ? same : 0;
          for (const e of evidence) grade = Math.min(grade, e.lanes[l] ? e.lanes[l][n] : 0);
          if (!grade) continue;
          for (const e of links) side = Math.min(side, e.lanes[l] ? e.lanes[l][n] : 0);
          best = Math.max(best, keyOf(Math.min(side, grade), 1, rankOf[l]));
          within++;
        }
        evidence.forEach((e, k) => {
          const grade = any[k][n];
          if (!grade) return;
          scattered = Math.min(scattered, grade);
          rank += rankOf[e.lanes.findIndex((a) => a && a[n] === grade)];
        });
        rank = Math.floor((rank / evidence.length) * 4);
        best = Math.max(best, keyOf(scattered, 0, rank >> 2));
        for (const a of anyLink) if (a[n]) pairs++;
        for (const p of parts) if (p.code && p.code.lanes[dateLane] && p.code.lanes[dateLane][n] && evidence.every((e) => e.lanes[dateLane] && e.lanes[dateLane][n])) code = 1;
        const side = (best >> 4) & 1; // of evidence that is side by side the mean tells nothing
        out[i] = ((((code * 64 + (best >> 1)) * 4 + (side ? 0 : rank & 3)) * 16 + Math.min(pairs, 15)) * 4 + edge[n]) * 16 + within * 2 + (best & 1);
      }
      return out;
    }

    // edges says of each record whether the query begins its title (1) or is it (2).
    edges({ parts, evidence, links, edge }) {
      const out = new Uint8Array(this.docs);
      const at = (terms, is) => {
        const a = new Uint8Array(this.docs);
        for (const { term } of terms || []) {
          const o = term.lanes[0];
          if (o) for (let i = 0; i < o.set.length; i++) for (let j = o.starts[i]; j < o.starts[i + 1]; j++) if (is(o, j)) a[o.set[i]] = 1;
        }
        return a;
      };
      if (!edge) return out;
      const begins = at(edge.first, (o, j) => o.at[j] % step === 0), ends = at(edge.last, (o, j) => o.last[j]);
      const within = (e, n) => !e || (e.lanes[0] && e.lanes[0][n]);
      for (let n = 0; n < out.length; n++) {
        if (begins[n]) out[n] = ends[n] && evidence.every((e) => within(e, n)) && links.every((e) => within(e, n)) ? 2 : 1;
      }
      return out;
    }

    // ready reads what the places in titles are told by, before scores.
    async ready(found) {
      const words = found.parts.flatMap((p) => (p.kind === "date" ? [] : p.words));
      if (words.length) found.edge = { first: await this.terms(words[0]), last: await this.terms(words[words.length - 1]) };
    }

    // decided reports whether the first hits are sure without the places of long fields:
    // what these can give is less than what the short fields of so many hits have.
    decided(found, scores, need) {
      if (scores.length < 2 || !found.evidence.some((e) => e.lanes[3] || e.lanes[4])) return true;
      const exact = keyOf(fits, 1, rankOf[short] + 1) >> 1;
      return scores.reduce((sum, s) => sum + (keyIn(s) >= exact ? 1 : 0), 0) >= need;
    }

    // deepen reads the places of words in long fields, the rarest first, and takes in which
    // forms stand there and which side by side.
    async deepen(found) {
      const { parts, evidence, links } = found;
      const held = await Promise.all(parts.map((p) => (p.kind === "word" ? this.terms(p.words[0]) : [])));
      let room = readable;
      const read = new Set(), fetched = new Set();
      for (const { i, cost } of held.map((list, i) => ({ i, cost: records(list) })).sort((a, b) => a.cost - b.cost)) {
        const names = this.wanting(held[i]);
        if (cost > room || new Set([...fetched, ...names]).size > files) continue;
        room -= cost;
        read.add(i);
        names.forEach((name) => fetched.add(name));
      }
      await Promise.all([...read].flatMap((i) => held[i]).map(({ term }) => this.index.places(term)));
      for (const i of read) {
        const { words, lanes: allowed } = parts[i], long = allowed & ~shorts;
        if (held[i].length) evidence[i].merge(await this.word(words[0], long), same);
        if (links[i] && read.has(i - 1)) links[i].merge(await this.phrase([parts[i - 1].words.slice(-1)[0], words[0]], long, 0), same);
      }
    }

    // words are those of a query as they should be marked in a record: each as well as it is
    // known to stand there.
    words({ parts, evidence }, n) {
      return parts.flatMap((p, i) => search.mark.wordsOf({ parts: [p] }).map((w) => ({ ...w, least: p.kind === "word" ? Math.min(fits, evidence[i].best()[n]) : 0 })));
    }

    // inText reports whether a record has the query in its transcript and nowhere better.
    inText({ evidence }, n) {
      const has = (l) => evidence.every((e) => e.lanes[l] && e.lanes[l][n]);
      return evidence.length > 0 && has(4) && ![0, 1, 2, 3].some(has);
    }
  }

  // replace takes evidence of something that may stand in the place of some parts.
  function replace(from, to, found, most, evidence, links) {
    for (let k = from; k <= to; k++) evidence[k].merge(found, most);
    for (let k = from + 1; k <= to; k++) if (links[k]) links[k].merge(found, most);
  }

  function keysOf(word) { return [word.fold].concat(word.number || [], word.begins || []); }

  // records are how many records a list of terms has in long fields.
  function records(list) { return list.reduce((sum, { term }) => sum + term.lanes.slice(short).reduce((s, o) => s + (o ? o.set.length : 0), 0), 0); }

  // keyIn is the key in a score. close tells those of hits in which the words stand
  // side by side (in names, which do not tell, with their marks at least), poor those in which
  // they neither do nor have the marks that were typed.
  function keyIn(score) { return Math.floor(score / 4096) & 63; }

  function close(score) { return !!(keyIn(score) & 8) && (keyIn(score) >= (fits * 2) << 3 || ![rankOf[1], rankOf[2]].includes(keyIn(score) & 7)); }

  function poor(score) { return keyIn(score) < (fits * 2) << 3 && !close(score); }

  // keyOf orders evidence: marks, side by side, field; the lowest bit says that it is
  // exactly what was typed, and counts last.
  function keyOf(grade, side, field) {
    return grade ? (((Math.min(grade, fits) * 2 + side) * 8 + field) << 1) | (grade === same ? 1 : 0) : 0;
  }

  // aliasesOf are the names that begin with a term: {rest, own, path}; see package search.
  function aliasesOf(term) {
    if (!term || !term.aliases) return [];
    return term.aliases.split(";").map((a) => {
      const [rest, own, path] = a.split("=");
      return { rest: rest ? rest.split(" ") : [], own: own ? own.split(" ") : [], path };
    });
  }

  Object.assign(search, { Matcher, close, poor });
})(window.vitrineSearch = window.vitrineSearch || {});
