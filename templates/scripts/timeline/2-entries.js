// What stands on the timeline, read from the index: records are numbered by date there, so
// those of a span are a stretch of numbers, and a few that begin before it.
(function (search) {
  "use strict";

  const { dayOf, yearOf, units } = search.time;
  const timed = new Set(["file", "item", "part"]); // what else there is spans what is beneath it
  const openYear = 9999, mostYears = 60; // in so many years an entry is counted at most

  // daysOf reads a file of days, of so many records.
  function daysOf({ first, bits }, records) {
    const r = new search.Bits(search.bytesOf(bits), 0), k = r.digits(5), lo = [], days = [], vague = [];
    for (let at = first; lo.length < records;) {
      at += r.rice(k);
      lo.push(at);
      days.push(r.gamma());
      vague.push(r.digits(1));
    }
    return { lo, days, vague };
  }

  class Entries {
    constructor(index) {
      this.index = index;
      this.files = []; // of days that are there
    }

    async open() {
      await this.index.open();
      const { root } = this.index, [spans, levels, events] = await Promise.all([this.index.spans(), this.index.facet("level"), root.events ? this.index.file("events-" + root.events) : ""]);
      this.base = new Uint8Array(root.docs).fill(1);
      for (const level of levels) if (!timed.has(level.id)) for (const n of level.set) this.base[n] = 0;
      this.spans = [];
      for (let i = 0; i < spans.length; i += 3) this.spans.push({ n: spans[i], from: spans[i + 1], to: spans[i + 2] });
      this.years = [];
      for (let i = 0; i < root.years.length; i += 2) this.years.push({ year: root.years[i], from: root.years[i + 1], to: i + 3 < root.years.length ? root.years[i + 3] : root.undated });
      this.events = String(events).split("\n").filter(Boolean).map((line) => {
        const [path, lo, days, signs, ...titles] = line.split("\t");
        return { event: true, key: path, path, titles, kept: signs.includes("k"), ...this.placed(Number(lo), Number(days), signs.includes("v"), false) };
      });
      await this.filter({});
      return this;
    }

    // filter keeps the records that have one of the values of each facet.
    async filter(chosen) {
      const kept = await this.narrowed(chosen, ""), sums = new Uint32Array(kept.length + 1);
      for (let n = 0; n < kept.length; n++) sums[n + 1] = sums[n] + kept[n];
      return () => Object.assign(this, { kept, sums });
    }

    // narrowed are the records that have the values of all facets but one.
    async narrowed(chosen, but) {
      let kept = this.base;
      for (const [name, ids] of Object.entries(chosen)) {
        if (!ids.length || name === but) continue;
        const next = new Uint8Array(kept.length);
        for (const v of await this.index.facet(name)) if (ids.includes(v.id)) for (const n of v.set) next[n] = kept[n];
        kept = next;
      }
      return kept;
    }

    // read loads when the records of some numbers are dated to.
    async read(numbers) {
      const { days: { per }, undated } = this.index.root, wanted = new Set(numbers.map((n) => Math.floor(n / per)));
      await Promise.all([...wanted].map(async (i) => { this.files[i] = await this.index.paged("days", i * per, (v) => daysOf(v, Math.min(per, undated - i * per))); }));
    }

    readFrom(from, to) {
      const { per } = this.index.root.days, ends = [];
      for (let i = Math.floor(from / per); i * per < to; i++) ends.push(i * per);
      return from < to ? this.read(ends) : Promise.resolve();
    }

    // entry is a record whose days were read.
    entry(n) {
      const { per } = this.index.root.days, f = this.files[Math.floor(n / per)], i = n % per;
      return { n, key: String(n), ...this.placed(f.lo[i], f.days[i], f.vague[i] > 0, this.unbegun.has(n)) };
    }

    placed(lo, days, vague, openLo) {
      const hi = lo + days - 1, openHi = yearOf(hi) >= openYear;
      return { lo, hi, vague: vague && !openLo, openLo, openHi };
    }

    get unbegun() { return this.ofNoBeginning || (this.ofNoBeginning = new Set(this.spans.filter((s) => s.from === 1).map((s) => s.n))); }

    // numberOf is the first record that begins on a day or later.
    async numberOf(day) {
      const year = yearOf(day), at = this.years.find((y) => y.year >= year);
      if (!at) return this.index.root.undated;
      if (at.year > year || day === dayOf(year, 1, 1)) return at.from;
      await this.readFrom(at.from, at.to);
      let { from, to } = at;
      while (from < to) {
        const half = (from + to) >> 1;
        if (this.entry(half).lo < day) from = half + 1;
        else to = half;
      }
      return from;
    }

    // within are the records that touch a span: those from one number to the next, and those that
    // begin before it, or have no beginning.
    async within({ lo, hi }) {
      const [from, to] = await Promise.all([this.numberOf(lo), this.numberOf(hi + 1)]), first = yearOf(lo), begun = this.years.find((y) => y.year === first);
      let before = this.spans.filter((s) => (s.n < from && s.to >= first) || (s.n >= to && s.from === 1)).map((s) => s.n);
      if (lo !== dayOf(first, 1, 1)) {
        const ends = (n) => n >= to || this.entry(n).hi >= lo;
        if (begun) for (let n = begun.from; n < from; n++) before.push(n);
        await this.read(before);
        before = [...new Set(before)].filter(ends);
      }
      return { from, to, before };
    }

    // count is how many of these are kept.
    count({ from, to, before }) { return this.sums[Math.max(from, to)] - this.sums[from] + before.filter((n) => this.kept[n]).length; }

    // numbers are up to most of those that are kept, by date.
    numbers({ from, to, before }, most) {
      const out = before.filter((n) => n < from && this.kept[n]).sort((a, b) => a - b);
      for (let n = from; n < to && out.length < most; n++) if (this.kept[n]) out.push(n);
      return out.concat(before.filter((n) => n >= to && this.kept[n])).slice(0, most);
    }

    eventsIn({ lo, hi }) { return this.events.filter((e) => e.lo <= hi && e.hi >= lo); }

    // bars are how many entries each unit of a span has, {start, next, docs, events}, and how many
    // are of longer or less exact dates than the unit.
    async bars(span, within, unit) {
      const list = [], { start, next } = units[unit];
      for (let day = start(span.lo); day <= span.hi; day = next(day)) list.push({ start: day, next: next(day), docs: 0, events: 0 });
      const put = (lo, hi, what, by) => { for (const b of list) if (b.start <= hi && b.next > lo) b[what] += by; };
      const longer = unit === "year" || unit === "decade" ? this.byYears(list, put) : await this.byDays(within, units[unit].days, put);
      for (const e of this.eventsIn(span)) if (unit === "year" || unit === "decade" || e.hi - e.lo < units[unit].days) put(e.lo, e.openHi ? e.lo : e.hi, "events", 1);
      return { list, longer };
    }

    // byYears counts by what the root of the index and the list of long ones tell. What is
    // dated to a decade or century alone stands in no year.
    byYears(list, put) {
      let longer = 0;
      const width = units.year.days < list[0].next - list[0].start ? 10 : 1;
      const first = list[0].start, last = list[list.length - 1].next;
      for (const b of list) for (const y of this.years) if (dayOf(y.year, 1, 1) >= b.start && dayOf(y.year, 1, 1) < b.next) b.docs += this.sums[y.to] - this.sums[y.from];
      for (const s of this.spans) {
        if (!this.kept[s.n] || s.from === 1 || s.to === openYear) continue;
        const lo = dayOf(s.from, 1, 1), hi = dayOf(Math.min(s.to, s.from + mostYears - 1), 12, 31);
        if (width === 1 && [10, 100].some((n) => s.from % n === 0 && s.to === s.from + n - 1)) {
          put(lo, lo, "docs", -1);
          if (lo < last && hi >= first) longer++;
        } else put(units[width === 1 ? "year" : "decade"].next(lo), hi, "docs", 1);
      }
      return longer;
    }

    async byDays({ from, to, before }, most, put) {
      await Promise.all([this.readFrom(from, to), this.read(before)]);
      let longer = 0;
      const count = (n) => {
        if (!this.kept[n]) return;
        const e = this.entry(n);
        if (e.hi - e.lo >= most || e.openLo) longer++;
        else put(e.lo, e.hi, "docs", 1);
      };
      for (let n = from; n < to; n++) count(n);
      before.forEach(count);
      return longer;
    }

    // values are those of a facet with how many records of a span they would leave.
    async values(name, chosen, { from, to, before }) {
      const [list, kept] = await Promise.all([this.index.facet(name), this.narrowed(chosen, name)]), early = new Set(before);
      return list.map((v) => {
        let count = 0;
        for (const n of v.set) if (kept[n] && ((n >= from && n < to) || early.has(n))) count++;
        return { ...v, count };
      });
    }
  }

  search.Entries = Entries;
})(window.vitrineSearch = window.vitrineSearch || {});
