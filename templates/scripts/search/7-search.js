// Answers a query: finds, narrows by facets and years, brings into order.
(function (search) {
  "use strict";

  const beside = 5; // records that have nearly all, below few hits

  class Search {
    constructor(index) {
      this.index = index;
      this.matcher = new search.Matcher(index);
      this.docs = index.root.docs;
    }

    // answer is {query, found, all, hits, order, better, jumps, keep}. asked is {q, facets:
    // {name: [id]}, from, to, sort: "", "date" or "-date", need, typing, quick}; hits are all
    // records, ascending, order their numbers, the first ones first. Where it is to be quick,
    // better promises an order for which more is read, null where this one is sure.
    async answer(asked) {
      const query = await this.read(asked), found = query.parts.length ? await this.find(query, asked) : this.everything();
      const keep = await this.keeps(asked), all = found.hits, hits = all.filter((n) => keep.every((k) => k.is[n]));
      const nearly = Array.from(found.nearly).filter((n) => keep.every((k) => k.is[n]));
      const answer = { query, found, all, hits, nearly, better: null, jumps: await this.jumps(query, found), keep };
      if (asked.sort || !query.parts.length) answer.order = this.byDate(hits, asked.sort === "-date");
      else this.rank(answer, asked.need);
      if (answer.better && !asked.quick) answer.order = await answer.better();
      answer.nearly = this.nearest(found, nearly);
      return answer;
    }

    async read({ q, typing }) {
      const query = search.query.parse(q), last = query.parts[query.parts.length - 1];
      if (!typing || !last || last.kind !== "word" || !q.endsWith(query.text.slice(last.words[0].from))) return query;
      const term = await this.index.term(last.words[0].fold);
      if (!term || !term.lanes.some(Boolean)) last.words[0].begins = await search.near.begins(this.index, last.words[0].fold);
      return query;
    }

    // find keeps what was found last, since filters and pages change more often than words.
    async find(query, { q, typing }) {
      const key = q + "\n" + !!typing;
      if (this.last && this.last.key === key) return this.last.found;
      const found = await this.matcher.find(query);
      await this.matcher.ready(found);
      this.last = { key, found };
      return found;
    }

    everything() {
      return { parts: [], evidence: [], links: [], aliases: [], lacking: [], most: false, nearly: [], hits: Uint32Array.from({ length: this.docs }, (_, n) => n) };
    }

    byDate(hits, back) {
      if (!back) return hits;
      const dated = hits.filter((n) => n < this.index.root.undated), rest = hits.slice(dated.length);
      return [...dated.reverse(), ...rest];
    }

    rank(answer, need) {
      const { found, hits } = answer, scores = this.matcher.scores(found, hits), ordered = (scores) => inOrder(hits, scores);
      answer.order = ordered(scores);
      answer.poor = scores.every(search.poor);
      if (found.deep || this.matcher.decided(found, scores, Math.min(need, hits.length))) return;
      answer.better = async () => {
        await this.matcher.deepen(found);
        found.deep = true;
        return ordered(this.matcher.scores(found, hits));
      };
    }

    // nearest are the best of those that have nearly all.
    nearest(found, list) {
      return list.length ? Array.from(inOrder(list, this.matcher.scores(found, list)).slice(0, beside)) : [];
    }

    // keeps are the filters, as marks on records: one for each facet, one for the years.
    async keeps({ facets, from, to }) {
      const out = await Promise.all(Object.entries(facets).filter(([, ids]) => ids.length).map(async ([name, ids]) => {
        const is = new Uint8Array(this.docs);
        for (const v of await this.index.facet(name)) if (ids.includes(v.id)) for (const n of v.set) is[n] = 1;
        return { name, is };
      }));
      if (from || to) out.push({ name: "years", is: await this.within(from || -9999, to || 9999) });
      return out;
    }

    // within marks the records whose dates touch a span of years.
    async within(from, to) {
      const is = new Uint8Array(this.docs), { years, undated } = this.index.root;
      for (let i = 0; i < years.length; i += 2) if (years[i] >= from && years[i] <= to) is.fill(1, years[i + 1], i + 3 < years.length ? years[i + 3] : undated);
      const spans = await this.index.spans();
      for (let i = 0; i < spans.length; i += 3) is[spans[i]] = spans[i + 1] <= to && spans[i + 2] >= from ? 1 : 0;
      return is;
    }

    // counts are the values of a facet with how many hits have each, those that no other
    // filter takes away: so a reader sees what a further value would add.
    async counts(name, { all, keep }) {
      const others = keep.filter((k) => k.name !== name), is = new Uint8Array(this.docs);
      for (const n of all) is[n] = others.every((k) => k.is[n]) ? 1 : 0;
      const values = await this.index.facet(name);
      return values.map((v) => ({ id: v.id, labels: v.labels, count: v.set.reduce((sum, n) => sum + is[n], 0) }));
    }

    // jumps are pages that a query names: the record that bears a code, {record}, and an
    // authority, {path}.
    async jumps(query, found) {
      const out = [], [only] = query.parts;
      if (query.parts.length === 1 && only.kind === "code") {
        const term = await this.index.term(only.key), own = term && term.lanes[1];
        if (own && own.set.length === 1) out.push({ record: own.set[0] });
      }
      for (const a of found.aliases) if (a.whole && !out.some((j) => j.path === a.path)) out.push({ path: a.path });
      return out;
    }
  }

  // inOrder are records by their scores, the greatest first; of equal ones the first number.
  function inOrder(list, scores) {
    const span = 2 ** 24; // more than there are records
    return scores.map((s, i) => s * span + (span - 1 - list[i])).sort().reverse().map((s) => span - 1 - (s % span));
  }

  search.Search = Search;
})(window.vitrineSearch = window.vitrineSearch || {});
