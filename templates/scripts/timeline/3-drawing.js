// Draws a span of time: a ruler with marks in lanes beneath it, or with bars upon it; on a
// narrow page upright, the ruler at the left. Along is the way of time, across is away from the
// ruler, both in pixels.
(function (search) {
  "use strict";

  const { dayOf, ymd, yearOf, units } = search.time;
  let space; // of SVG, as the legend of the page has it
  const lane = 20, laneUpright = 24, band = 24, half = 5, character = 7, textMost = 44;
  const ways = {
    lying: { high: 720, least: 240, counts: 310, ruler: 40, foot: 30, bar: 7, label: 44, edge: 18, lane },
    upright: { high: 620, least: 620, ruler: 78, foot: 78, bar: 9, label: 40, edge: 16, lane: laneUpright },
  };
  const steps = [["day", 1], ["day", 5], ["month", 1], ["month", 3], ["year", 1], ["year", 5], ["year", 10], ["year", 50], ["year", 100], ["year", 500]];

  function element(name, attributes, ...children) {
    space = space || document.querySelector(".legend svg").namespaceURI;
    const e = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...children);
    return e;
  }

  class Drawing {
    // span is what is drawn, width what there is room for.
    constructor(span, width, upright, wording) {
      const way = upright ? ways.upright : ways.lying;
      Object.assign(this, { span, upright, wording, way, width });
      this.long = (upright ? way.high : width) - 2 * way.edge;
      this.deep = (upright ? width : way.high);
      this.svg = element("svg", { class: "timeline lens-drawing" + (upright ? " upright" : ""), width });
      this.items = [];
      this.cut(way.high);
    }

    // cut says how high the drawing is.
    cut(high) {
      this.high = Math.max(this.way.least, Math.ceil(high));
      this.svg.setAttribute("viewBox", "0 0 " + this.width + " " + this.high);
      this.svg.setAttribute("height", this.high);
    }

    get days() { return this.span.hi - this.span.lo + 1; }

    // along is the place of a day, or of a moment of it.
    along(day) { return this.way.edge + ((day - this.span.lo) / this.days) * this.long; }

    // day is the moment at a place.
    day(along) { return this.span.lo + ((along - this.way.edge) / this.long) * this.days; }

    at(along, across) { return this.upright ? [across, along] : [along, across]; }

    path(points, closed) { return "M" + points.map(([a, c]) => this.at(a, c).map((n) => Math.round(n * 10) / 10).join(" ")).join("L") + (closed ? "Z" : ""); }

    clamp(along) { return Math.max(this.way.edge, Math.min(this.way.edge + this.long, along)); }

    // unit is the least whose bars have room.
    unit() { return Object.keys(units).find((name) => (this.long / this.days) * units[name].days >= this.way.bar) || "decade"; }

    // ticks of a step, the first day of each.
    *ticks(unit, every) {
      const { start, next } = units[unit];
      for (let day = start(this.span.lo); day <= this.span.hi; day = next(day)) {
        const [y, m, d] = ymd(day), n = unit === "year" ? y : unit === "month" ? m - 1 : d - 1;
        if (day >= this.span.lo && n % every === 0 && !(unit === "day" && every > 1 && d > 26)) yield day;
      }
    }

    // ruler draws the ruler at a place across; labels stand on one side of it.
    ruler(across, sign) {
      const { way } = this, per = this.long / this.days, wide = ([unit, every]) => units[unit].days * every * per;
      const fine = steps.find((s) => wide(s) >= 6) || steps[steps.length - 1], long = steps.find((s) => wide(s) >= way.label) || steps[steps.length - 1];
      const g = element("g", { class: "lens-ruler", "aria-hidden": "true" }), far = sign * (this.upright ? 14 : 12);
      let lines = "", longs = "";
      for (const day of this.ticks(...fine)) lines += this.path([[this.along(day), across], [this.along(day), across + far / 2]]);
      let last = -Infinity, first = true;
      for (const day of this.ticks(...long)) {
        const a = this.along(day), text = this.wording.tick(long[0], day, first && long[0] !== "year");
        longs += this.path([[a, across], [a, across + far]]);
        const room = this.upright ? 18 : text.length * character + 8, edge = !this.upright && a < way.label / 2;
        if (a - (edge ? 0 : room / 2) < last || (!this.upright && a + room / 2 > this.width + 8)) continue;
        const [x, y] = this.at(a, across + far + sign * (this.upright ? 4 : 8));
        g.append(element("text", { class: "tick-label" + (this.upright ? " tick-end" : edge ? " tick-start" : ""), x: edge ? 0 : x, y: this.upright ? y + 4 : y + (sign > 0 ? 8 : 0) }, text));
        [last, first] = [edge ? room : a + room / 2, false];
      }
      g.prepend(element("path", { class: "tick", d: lines + longs }), element("path", { class: "axis", d: this.path([[way.edge, across], [way.edge + this.long, across]]) }));
      if (this.upright) g.append(element("rect", { class: "lens-grip", x: 0, y: 0, width: across + 12, height: way.high }));
      this.svg.append(g);
    }

    // item adds something that can be pointed at and focused.
    item(key, href, label, name, ...children) {
      const a = element("a", { href, class: name, "aria-label": label, tabindex: "-1", "data-key": key }, element("title", {}, label), ...children);
      this.items.push(a);
      this.svg.append(a);
      return a;
    }

    // place says how an entry is drawn: its kind, and where it begins and ends along the ruler.
    place(e) {
      const { span } = this, days = e.hi - e.lo + 1, [y, m, d] = ymd(e.lo);
      if (!e.vague && !e.openLo && !e.openHi) {
        if (days === 1) return { kind: "point", from: this.along(e.lo + 0.5), to: this.along(e.lo + 0.5) };
        if (d === 1 && e.hi === dayOf(y, m + 1, 0)) return { kind: "month", from: this.along(e.lo + days / 2), to: this.along(e.lo + days / 2) };
      }
      const vague = e.vague ? (days > 31 ? 366 : days > 1 ? 31 : 1) : 0; // by how much it may be wrong, for its place alone
      const lo = e.openLo ? -Infinity : e.lo - vague, hi = e.openHi ? Infinity : e.hi + 1 + vague;
      const from = this.clamp(this.along(lo)), to = Math.max(this.clamp(this.along(hi)), from + 6);
      const soft = vague > 0;
      return { kind: "bar", from, to, soft, openLo: lo < span.lo, openHi: hi > span.hi + 1 };
    }

    // layout puts entries into lanes in which none covers another. named says whether there is
    // room for their titles; null where there is none for the marks themselves.
    layout(entries, room) {
      for (const named of this.upright ? [false] : [true, false]) {
        const out = [];
        let across = 0;
        for (const events of [true, false]) {
          const ends = [], list = entries.filter((e) => Boolean(e.event) === events).map((e) => ({ e, p: this.place(e) })).sort((a, b) => a.p.from - b.p.from);
          if (!list.length) continue;
          const top = across + (this.upright ? 0 : band);
          for (const { e, p } of list) {
            const text = named ? this.titled(e, p) : null;
            const from = Math.min(p.from - 8 - (e.kept ? 14 : 0), text && text.before ? text.from : Infinity), to = Math.max(p.to + 8, text && !text.before ? text.to : 0);
            let i = ends.findIndex((end) => end <= from);
            if (i < 0) i = ends.length;
            ends[i] = to;
            out.push({ e, p, text, across: top + (i + 0.5) * this.way.lane });
          }
          out.push({ band: events ? "events" : "docs", across });
          across = top + ends.length * this.way.lane;
          if (across > room) break;
        }
        if (across <= room) return { marks: out, deep: across };
      }
      return null;
    }

    titled(e, p) {
      const short = e.title.length > textMost ? e.title.slice(0, textMost - 1).replace(/\s+\S*$/, "") + "…" : e.title, wide = short.length * character + 12;
      if (p.to + wide + 6 <= this.width) return { short, x: p.to + (p.kind === "bar" ? 6 : 10), to: p.to + wide };
      if (p.from - wide - 24 >= 0) return { short, before: true, x: p.from - 10 - (e.kept ? 14 : 0), from: p.from - wide - 24 };
      return p.to - p.from > wide + 48 ? { short, inside: true, x: p.from + 24, to: p.to } : null;
    }

    // marks draws what was laid out, from a place across on.
    marks({ marks, deep }, from, names) {
      const { way } = this;
      for (const b of marks.filter((m) => m.band)) {
        if (this.upright) continue;
        const y = from + b.across;
        this.svg.append(element("g", { class: "band", "aria-hidden": "true" }, element("path", { d: this.path([[0, y], [this.width, y]]) }), element("text", { x: 0, y: y + 14 }, names[b.band])));
      }
      const list = marks.filter((m) => m.e).sort((a, b) => a.e.lo - b.e.lo || a.across - b.across);
      for (const { e, p, text, across } of list) {
        const c = from + across, [x, y] = this.at(p.from, c), parts = [];
        if (p.kind === "bar") parts.push(element("path", { d: this.bar(p, c) }));
        else parts.push(element("circle", { cx: x, cy: y, r: half }));
        if (e.kept) parts.push(element("path", { class: "flag", d: "M" + (x - 15) + " " + (y + 6) + "v-13h9l-3 4 3 4h-9" }));
        const [x0, y0] = this.at(p.from - way.lane / 2, c - way.lane / 2), [w, h] = this.at(p.to - p.from + way.lane, way.lane);
        parts.unshift(element("rect", { class: "reach", x: x0, y: y0, width: w, height: h }));
        this.item(e.key, e.href, e.title + ", " + e.date, "mark-" + p.kind + (e.event ? " mark-event" : ""), ...parts);
        if (text) this.svg.append(element("text", { class: "mark-text" + (text.inside ? " text-inside" : ""), x: text.x, y: y + 4, "text-anchor": text.before ? "end" : "start", "aria-hidden": "true" }, text.short));
      }
      if (this.upright) this.beside(list.sort((a, b) => a.p.from - b.p.from), from + deep + 8, from);
    }

    // beside writes the titles in a column, where all have room.
    beside(list, across, from) {
      const chars = Math.floor((this.width - across - 4) / character), step = 19;
      if (chars < 14 || list.length * step > this.long) return;
      let last = -Infinity;
      const ys = list.map(({ p }) => (last = Math.max(p.from, last + step)));
      let top = this.way.edge + this.long;
      for (let i = list.length - 1; i >= 0; i--) [ys[i], top] = [Math.min(ys[i], top), Math.min(ys[i], top) - step];
      list.forEach(({ e, p, across: c }, i) => {
        const short = e.title.length > chars ? e.title.slice(0, chars - 1).replace(/\s+\S*$/, "") + "…" : e.title;
        this.svg.append(element("path", { class: "lens-lead", d: this.path([[p.from, from + c + 8], [p.from, across - 12], [ys[i], across - 2]]) }), element("text", { class: "mark-text", x: across, y: ys[i] + 4, "aria-hidden": "true" }, short));
      });
    }

    bar(p, c) {
      const cut = Math.min(2 * half, (p.to - p.from) / 2), loTop = p.from + (p.soft || p.openLo ? cut : 0), hiTop = p.to - (p.soft || p.openHi ? cut : 0);
      const points = [[loTop, c - half], [hiTop, c - half]];
      if (p.openHi) points.push([p.to, c]);
      points.push([p.openHi ? hiTop : p.to, c + half], [p.openLo ? loTop : p.from, c + half]);
      if (p.openLo) points.push([p.from, c]);
      return this.path(points, true);
    }

    // through is one bar for all that lasts longer than what is drawn.
    through(text, across) {
      const { edge } = this.way, c = across + band / 2;
      this.svg.append(element("g", { class: "key mark-bar lens-through", "aria-hidden": "true" }, element("path", { d: this.bar({ from: edge, to: edge + this.long, openLo: true, openHi: true }, c) })));
      if (!this.upright) this.svg.append(element("text", { class: "mark-text text-inside", x: this.width / 2, y: c + 4, "text-anchor": "middle", "aria-hidden": "true" }, text));
    }

    // bars draws how many entries each unit has, between the ruler and a place deep away from it;
    // word says the label and the link of each, amount words a number.
    bars(list, across, deep, word, amount) {
      const most = Math.max(1, ...list.map((b) => b.docs + b.events)), sign = this.upright ? 1 : -1;
      for (const b of list) {
        const n = b.docs + b.events;
        if (!n) continue;
        const a0 = this.clamp(this.along(b.start)), a1 = Math.max(this.clamp(this.along(b.next)) - 1, a0 + 1), high = Math.max(4, (n / most) * deep), { label, href } = word(b);
        const rect = (name, size) => {
          const [x0, y0] = this.at(a0, sign < 0 ? across - size : across), [w, h] = this.at(a1 - a0, size);
          return element("rect", { class: name, x: x0, y: y0, width: Math.max(w, 1), height: Math.max(h, 1) });
        };
        this.item("bar-" + b.start, href, label, "lens-count", rect("reach", deep), rect("bar", high));
        if (this.upright && a1 - a0 >= 16) this.svg.append(element("text", { class: "tick-label tick-start", x: across + high + 6, y: (a0 + a1) / 2 + 4, "aria-hidden": "true" }, amount(n)));
      }
    }
  }

  Object.assign(search, { Drawing });
})(window.vitrineSearch = window.vitrineSearch || {});
