// Finds the records that have all parts of a query, and ranks them.
//
// What the first answer costs: the root, then of terms the file of each word, of each pair
// of words side by side, and of the first word as the beginning of a title, most of them
// the same ones. The total, and the order of hits whose short fields have the query as it
// was typed, come from these alone. Places in long fields (bodies) are read where they
// could change the page that is asked for, for phrases, and for the other names of an
// authority; never of words that stand in very many texts (see readable).
(function (search) {
  "use strict";

  const { same, fits, toneless } = search.grades, fit = search.fit;
  const lanes = 6, summary = 4, dateLane = 3;
  const rankOf = [7, 6, 5, 4, 3, 2], spread = 1;
  const readable = 60000; // records whose places are read for one answer, at most

  // Evidence says how well each record has something in each lane.
  class Evidence {
    constructor(docs) {
      this.docs = docs;
      this.lanes = new Array(lanes).fill(null);
    }

    lane(l) { return this.lanes[l] || (this.lanes[l] = new Uint8Array(this.docs)); }

    put(l, set, value) {
      const a = this.lane(l);
      for (let i = 0; i < set.length; i++) if (a[set[i]] < value) a[set[i]] = value;
    }

    // term takes in what a term has; grades says how well each of its forms fits. Which form
    // stands in a long field its places tell; until then the worst is assumed.
    term(term, grades, allowed) {
      for (const s of term.segments) {
        for (let l = 0; l < summary; l++) if (s.mask & allowed & (1 << l)) this.put(l, s.set, grades[s.canon]);
      }
      const worst = Math.min(...grades);
      term.lanes.forEach((set, i) => { if (set && allowed & (1 << (summary + i))) this.put(summary + i, set, worst); });
    }

    // merge takes the better of two in every lane, no better than most.
    merge(other, most) {
      other.lanes.forEach((b, l) => {
        if (!b) return;
        const a = this.lane(l);
        for (let n = 0; n < b.length; n++) if (b[n] && a[n] < b[n]) a[n] = Math.max(a[n], Math.min(b[n], most));
      });
    }

    // best is the best of a record in any lane.
    best(n) {
      let out = 0;
      for (const a of this.lanes) if (a && a[n] > out) out = a[n];
      return out;
    }
  }

  // all is the evidence of several things in the same lane: as good as the worst of them.
  function all(list) {
    const out = new Evidence(list[0].docs);
    for (let l = 0; l < lanes; l++) {
      if (!list.every((e) => e.lanes[l])) continue;
      const a = out.lanes[l] = list[0].lanes[l].slice();
      for (const e of list.slice(1)) for (let n = 0, b = e.lanes[l]; n < a.length; n++) if (b[n] < a[n]) a[n] = b[n];
    }
    return out;
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

    // pair is the evidence of two words side by side in a short field.
    async pair(a, b, allowed) {
      const out = new Evidence(this.docs);
      for (const left of keysOf(a)) {
        for (const right of keysOf(b)) {
          const term = await this.index.term(left + " " + right);
          if (!term) continue;
          out.term(term, term.canons.map((c) => {
            const [x, y] = c.split(" ");
            return Math.min(left === a.fold ? fit(a, x) : fits, right === b.fold ? fit(b, y) : fits);
          }), allowed & 15);
        }
      }
      return out;
    }

    async word(word, allowed) {
      const out = new Evidence(this.docs);
      for (const { term, grades } of await this.terms(word)) out.term(term, grades, allowed);
      return out;
    }

    async key(key, allowed) {
      const out = new Evidence(this.docs), term = await this.index.term(key);
      if (term) out.term(term, [same], allowed);
      return term ? out : null;
    }

    async words(list, allowed) { return all(await Promise.all(list.map((w) => this.word(w, allowed)))); }

    // phrase is the evidence of words in their order: by chains of pairs in short fields,
    // by places in long ones.
    async phrase(words, allowed) {
      const pairs = await Promise.all(words.slice(1).map((w, i) => this.pair(words[i], w, allowed)));
      const out = all(pairs);
      if (allowed < 16) return out;
      const each = await Promise.all(words.map((w) => this.terms(w)));
      let chains = null; // for each lane, places at which the words so far end, by record
      for (let i = 0; i < words.length; i++) {
        const at = [new Map(), new Map()];
        for (const { term, grades } of each[i]) {
          const places = term.lanes.some(Boolean) ? await this.index.places(term) : [null, null];
          places.forEach((p, l) => {
            if (!p || !(allowed & (16 << l)) || (chains && !chains[l].size)) return;
            term.lanes[l].forEach((n, r) => {
              const before = chains && chains[l].get(n);
              if (chains && !before) return;
              for (let j = p.starts[r]; j < p.starts[r + 1]; j++) {
                const value = Math.min(grades[p.canon[j]], before ? before.get(p.at[j] - 1) || 0 : same);
                if (!value) continue;
                let here = at[l].get(n);
                if (!here) at[l].set(n, here = new Map());
                here.set(p.at[j], Math.max(value, here.get(p.at[j]) || 0));
              }
            });
          });
        }
        chains = at;
      }
      chains.forEach((chain, l) => chain.forEach((ends, n) => out.put(summary + l, [n], Math.max(...ends.values()))));
      return out;
    }

    // evidence of one part of a query.
    async part(part) {
      if (part.kind === "phrase") return this.phrase(part.words, part.lanes);
      const keyed = part.key ? await this.key(part.key, part.lanes) : null;
      if (part.kind === "date" && keyed) return part.dated = keyed;
      const out = await this.words(part.words, part.lanes);
      if (part.kind === "word" && keyed) part.dated = keyed;
      if (part.kind === "code") part.code = keyed;
      if (keyed) out.merge(keyed, same);
      return out;
    }

    // others adds what an authority is called elsewhere, where its name stands in the query:
    // a record that has the other name has these words.
    async others(parts, evidence, links) {
      const out = [];
      for (let i = 0; i < parts.length; i++) {
        if (parts[i].kind !== "word") continue;
        const term = await this.index.term(parts[i].words[0].fold);
        for (const alias of aliasesOf(term)) {
          const end = i + alias.rest.length;
          if (end >= parts.length || !alias.rest.every((f, k) => parts[i + 1 + k].kind === "word" && parts[i + 1 + k].joined && parts[i + 1 + k].words[0].fold === f)) continue;
          out.push({ ...alias, whole: i === 0 && end === parts.length - 1 });
          if (!alias.own.length || out.length > 8) continue;
          const words = alias.own.map((f) => ({ fold: f, canon: f + "1", marked: false }));
          const cost = records((await Promise.all(words.map((w) => this.terms(w)))).flat());
          const allowed = cost > readable / 2 ? parts[i].lanes & 15 : parts[i].lanes;
          const found = words.length > 1 ? await this.phrase(words, allowed) : await this.word(words[0], parts[i].lanes);
          for (let k = i; k <= end; k++) evidence[k].merge(found, toneless);
          for (let k = i + 1; k <= end; k++) if (links[k]) links[k].merge(found, toneless);
        }
      }
      return out;
    }

    // ordinal lets "lần thứ sáu" be the number of "Đại hội VI".
    async ordinal(parts, evidence, links) {
      for (let i = 2; i < parts.length; i++) {
        const is = (k, fold) => parts[k].kind === "word" && parts[k].words[0].fold === fold;
        if (!parts[i].words[0].number || !is(i - 1, "thu") || !is(i - 2, "lan")) continue;
        const n = parts[i].words[0].number, found = await this.word({ fold: n, canon: n, marked: false }, parts[i].lanes);
        for (const k of [i - 2, i - 1, i]) evidence[k].merge(found, fits);
        for (const k of [i - 1, i]) if (links[k]) links[k].merge(found, fits);
        const before = i > 2 && links[i - 2] && parts[i - 3].kind === "word" ? await this.pair(parts[i - 3].words[0], parts[i].words[0], parts[i].lanes) : null;
        if (before) links[i - 2].merge(before, fits);
      }
    }

    // find is what the index says of a query: {parts, evidence, links, hits, lacking,
    // most, aliases}. hits are the records that have all parts, ascending; lacking are parts
    // that no record has, which are then left out; most is set where no record has all
    // parts, and hits are those that have most of them.
    async find(query) {
      const parts = query.parts;
      const evidence = await Promise.all(parts.map((p) => this.part(p)));
      const links = await Promise.all(parts.map((p, i) => {
        const last = parts[i - 1];
        if (!p.joined || p.kind !== "word" || last.kind !== "word") return null;
        return this.pair(last.words[0], p.words[0], p.lanes);
      }));
      const aliases = await this.others(parts, evidence, links);
      await this.ordinal(parts, evidence, links);
      const without = await Promise.all(query.without.map((p) => this.part(p)));
      const found = { parts, evidence, links, aliases, lacking: [], most: false };
      this.intersect(found, without);
      this.date(found);
      return found;
    }

    intersect(found, without) {
      const count = new Uint8Array(this.docs), some = found.evidence.map(() => false);
      found.evidence.forEach((e, i) => {
        for (let n = 0; n < this.docs; n++) {
          if (!e.best(n)) continue;
          count[n]++;
          some[i] = true;
        }
      });
      for (const e of without) for (let n = 0; n < this.docs; n++) if (e.best(n)) count[n] = 0;
      found.lacking = found.parts.filter((p, i) => !some[i]);
      const kept = (list) => list.filter((x, i) => some[i]);
      found.links = kept(found.links.map((l, i) => (some[i - 1] ? l : null)));
      found.parts = kept(found.parts);
      found.evidence = kept(found.evidence);
      let need = found.parts.length;
      const has = count.reduce((a, b) => Math.max(a, b), 0);
      if (has < need) [need, found.most] = [has, true];
      found.hits = new Uint32Array(need ? this.docs : 0);
      let n = 0;
      for (let d = 0; d < found.hits.length; d++) if (count[d] === need) found.hits[n++] = d;
      found.hits = found.hits.slice(0, n);
    }

    // date lets the date of a record stand beside the words of any field of it.
    date({ parts, evidence, links }) {
      if (parts.every((p) => p.dated)) return;
      parts.forEach((p, i) => {
        const dated = p.dated && p.dated.lanes[dateLane];
        if (!dated) return;
        for (const e of [evidence[i], links[i], links[i + 1]]) {
          if (e) for (let l = 0; l < lanes; l++) for (let n = 0, a = e.lane(l); n < dated.length; n++) if (dated[n] > a[n]) a[n] = dated[n];
        }
      });
    }

    // scores ranks hits, greater ones first: by how the marks fit, words side by side, the
    // field, pairs side by side, the place in the title. In the hundred thousands of hits
    // there is one number each.
    async scores(found, hits) {
      const { parts, evidence } = found, links = found.links.filter(Boolean), out = new Float64Array(hits.length);
      const chained = parts.length === 1 || links.length === parts.length - 1, edges = await this.edges(found);
      for (let i = 0; i < hits.length; i++) {
        const n = hits[i];
        let best = 0, scattered = same, pairs = 0, code = 0;
        for (let l = 0; l < lanes; l++) {
          let grade = same, side = chained ? same : 0, some = false;
          for (const e of evidence) {
            const g = e.lanes[l] ? e.lanes[l][n] : 0;
            if (g) some = true;
            if (g < grade) grade = g;
          }
          if (!some || !grade) continue;
          for (const e of links) side = Math.min(side, e.lanes[l] ? e.lanes[l][n] : 0);
          best = Math.max(best, keyOf(Math.min(side, grade), 1, rankOf[l]), keyOf(grade, 0, rankOf[l]));
        }
        for (const e of evidence) scattered = Math.min(scattered, e.best(n) || scattered);
        for (const e of links) if (e.best(n)) pairs++;
        for (const p of parts) if (p.code && p.code.lanes[1] && p.code.lanes[1][n]) code = 1;
        best = Math.max(best, keyOf(scattered, 0, spread));
        out[i] = ((code * 64 + (best >> 1)) * 64 + Math.min(pairs, 15) * 4 + edges(n)) * 2 + (best & 1);
      }
      return out;
    }

    // edges says of a record whether the query begins its title (1), is it (2), or neither.
    async edges({ parts, evidence, links }) {
      const first = parts[0].words[0], last = parts[parts.length - 1].words.slice(-1)[0];
      const [begins, ends] = await Promise.all([this.index.term(first.fold + " ^"), this.index.term(last.fold + " $")]);
      const at = (term) => {
        const e = new Evidence(this.docs);
        if (term) e.term(term, term.canons.map(() => same), 1);
        return e.lane(0);
      };
      const a = at(begins), b = at(ends);
      const within = (e, n) => !e || (e.lanes[0] && e.lanes[0][n]);
      return (n) => (!a[n] ? 0 : b[n] && evidence.every((e) => within(e, n)) && links.every((e) => within(e, n)) ? 2 : 1);
    }

    // decided reports whether the first hits are sure without the places of long fields:
    // what these can give is less than what the short fields of so many hits have.
    decided(found, scores, need) {
      if (!found.evidence.some((e) => e.lanes[4] || e.lanes[5])) return true;
      let sure = 0;
      for (const s of scores) if ((Math.floor(s / 128) & 63) >> 3 >= 7 && (Math.floor(s / 128) & 7) > rankOf[summary]) sure++;
      return sure >= need || scores.length < 2;
    }

    // deepen reads the places of words in long fields, the rarest first, and takes in which
    // forms stand there and which side by side.
    async deepen(found, hits) {
      const is = new Uint8Array(this.docs);
      for (const n of hits) is[n] = 1;
      const held = await Promise.all(found.parts.map(async (p) => (p.kind === "word" ? this.terms(p.words[0]) : [])));
      let room = readable;
      const order = held.map((list, i) => ({ list, i, cost: records(list) })).sort((a, b) => a.cost - b.cost);
      const read = new Set(order.filter((o) => (room -= o.cost) >= 0).map((o) => o.i));
      const wanted = [...read].flatMap((i) => held[i]).filter(({ term }) => term.lanes.some(Boolean));
      await Promise.all(wanted.map(({ term }) => this.index.places(term)));
      read.forEach((i) => {
        for (const h of held[i]) this.forms(h, is, found.evidence[i], found.parts[i].lanes);
        if (!found.links[i] || !read.has(i - 1)) return;
        for (const a of held[i - 1]) for (const b of held[i]) this.side(a, b, is, found.links[i], found.parts[i].lanes);
      });
    }

    forms({ term, grades }, is, evidence, allowed) {
      (term.places || []).forEach((p, l) => {
        if (!p || !(allowed & (16 << l))) return;
        const a = evidence.lane(summary + l);
        term.lanes[l].forEach((n, r) => {
          if (is[n]) for (let j = p.starts[r]; j < p.starts[r + 1]; j++) a[n] = Math.max(a[n], grades[p.canon[j]]);
        });
      });
    }

    side(left, right, is, link, allowed) {
      for (let l = 0; l < 2; l++) {
        const p = left.term.places && left.term.places[l], q = right.term.places && right.term.places[l];
        if (!p || !q || !(allowed & (16 << l))) continue;
        const a = left.term.lanes[l], b = right.term.lanes[l], lane = link.lane(summary + l);
        for (let r = 0, s = 0; r < a.length && s < b.length;) {
          if (a[r] !== b[s]) {
            if (a[r] < b[s]) r++;
            else s++;
            continue;
          }
          const n = a[r];
          if (is[n]) {
            for (let j = p.starts[r], k = q.starts[s]; j < p.starts[r + 1] && k < q.starts[s + 1];) {
              const gap = q.at[k] - p.at[j];
              if (gap === 1) lane[n] = Math.max(lane[n], Math.min(left.grades[p.canon[j]], right.grades[q.canon[k]]));
              if (gap <= 1) k++;
              else j++;
            }
          }
          r++;
          s++;
        }
      }
    }

    // inText reports whether a record has the query in its transcript and nowhere better.
    inText({ evidence }, n) {
      const has = (l) => evidence.every((e) => e.lanes[l] && e.lanes[l][n]);
      return has(5) && ![0, 1, 2, 4].some(has);
    }
  }

  function keysOf(word) { return [word.fold].concat(word.number || [], word.begins || []); }

  // records are how many places of records a list of terms has in long fields.
  function records(list) { return list.reduce((sum, { term }) => sum + term.lanes.reduce((s, set) => s + (set ? set.length : 0), 0), 0); }

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

  search.Matcher = Matcher;
})(window.vitrineSearch = window.vitrineSearch || {});
