// Days are numbered from 1 January of year 1, which is 0, as the index has them. A span is
// {lo, hi}, its first and its last day.
(function (search) {
  "use strict";

  const perDay = 86400000, epoch = 719162; // of 1 January 1970

  // dayOf is the number of a day; months and days may be out of their bounds, as in 13 or 0.
  function dayOf(year, month, day) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return Math.round(date / perDay) + epoch;
  }

  function ymd(day) {
    const date = new Date((day - epoch) * perDay);
    return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  }

  function yearOf(day) { return ymd(day)[0]; }

  // units are what bars stand for, the shortest first: their days at most, where the one begins
  // in which a day is, and where the next one does.
  const units = {
    day: { days: 1, start: (day) => day, next: (day) => day + 1 },
    month: { days: 31, start: (day) => { const [y, m] = ymd(day); return dayOf(y, m, 1); }, next: (day) => { const [y, m] = ymd(day); return dayOf(y, m + 1, 1); } },
    year: { days: 366, start: (day) => dayOf(yearOf(day), 1, 1), next: (day) => dayOf(yearOf(day) + 1, 1, 1) },
    decade: { days: 3653, start: (day) => dayOf(Math.floor(yearOf(day) / 10) * 10, 1, 1), next: (day) => dayOf(Math.floor(yearOf(day) / 10) * 10 + 10, 1, 1) },
  };

  // parse reads a day, month or year as the address has it: 1945, 1945-08, 1945-08-19; null
  // for anything else.
  function parse(text) {
    const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text || "");
    if (!m || !Number(m[1])) return null;
    const year = Number(m[1]), month = Number(m[2] || 1), day = Number(m[3] || 1);
    if (month < 1 || month > 12 || day < 1 || day > 31) return null;
    const lo = dayOf(year, month, day);
    return { lo, hi: m[3] ? lo : m[2] ? dayOf(year, month + 1, 0) : dayOf(year, 12, 31) };
  }

  const pad = (n, width) => String(n).padStart(width, "0");

  // written are the ends of a span as the address has them, as short as they can be.
  function written({ lo, hi }) {
    const [y, m, d] = ymd(lo), [y2, m2, d2] = ymd(hi + 1);
    const end = ymd(hi), one = (list) => list.map((n, i) => pad(n, i ? 2 : 4)).join("-");
    const years = m === 1 && d === 1 && m2 === 1 && d2 === 1, months = d === 1 && d2 === 1;
    const parts = years ? 1 : months ? 2 : 3;
    return { from: one([y, m, d].slice(0, parts)), to: one(end.slice(0, parts)), y2 };
  }

  // Wording says days and spans in the words of the page.
  class Wording {
    constructor(words) {
      this.words = words;
      this.months = words.months.split("|");
      this.short = words.monthsShort.split("|");
    }

    fill(key, [y, m, d], months) { return this.words[key].replace("%d", d).replace("%m", months[m - 1]).replace("%y", y); }

    // unit words the unit that begins with a day.
    unit(name, day) { return this.fill(name, ymd(day), this.months); }

    // whole is the unit that a span is all of, "" where it is none.
    whole({ lo, hi }) { return Object.keys(units).find((name) => units[name].start(lo) === lo && units[name].next(lo) === hi + 1) || ""; }

    // span words a span by the least that says it.
    span(span) {
      const name = this.whole(span);
      if (name) return this.unit(name, span.lo);
      const [y, m, d] = ymd(span.lo), [y2, m2, d2] = ymd(span.hi + 1), last = d2 === 1 && d === 1 ? (m === 1 && m2 === 1 ? "year" : "month") : "day";
      if (last === "year") return y + "–" + (y2 - 1);
      return this.words.span.replace("%s", this.unit(last, span.lo)).replace("%s", this.unit(last, units[last].start(span.hi)));
    }

    // date words when an entry is dated to.
    date({ lo, hi, vague, openLo, openHi }) {
      const [y, m, d] = ymd(lo); // no more exact than what the index tells surely
      if (openHi) return this.words.since.replace("%s", this.unit(d > 1 ? "day" : m > 1 ? "month" : "year", lo));
      if (openLo) return this.words.until.replace("%s", this.fill("year", [y, m, d], this.months));
      const text = this.span({ lo, hi });
      return vague ? this.words.about.replace("%s", text) : text;
    }

    // tick words a tick of the ruler; whole where nothing before it says the year.
    tick(unit, day, whole) {
      const [y, m, d] = ymd(day);
      if (unit === "year" || (m === 1 && d === 1 && !whole)) return String(y);
      if (whole) return this.fill(unit === "month" ? "tickMonth" : "tickDay", [y, m, d], this.short);
      return unit === "month" ? this.short[m - 1] : d === 1 ? this.fill("tickMonth", [y, m, d], this.short) : String(d);
    }
  }

  search.time = { dayOf, ymd, yearOf, units, parse, written, Wording };
})(window.vitrineSearch = window.vitrineSearch || {});
