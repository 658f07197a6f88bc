// The timeline in the page. Its address is its state, so that what it shows can be linked:
//
//	tu, den      the first and the last day, month or year
//	fonds, form  values that records are narrowed to, separated by commas
(function (search) {
  "use strict";

  const { dayOf, yearOf, units, parse, written } = search.time;
  const mostMarks = 160, mostRead = 4000, mostFiles = 24, mostThrough = 6, perList = 20, pause = 300; // ms after the last change
  const facets = ["fonds", "form"];
  const make = search.make, byId = (id) => document.getElementById(id);

  class Timeline {
    constructor(lens) {
      this.lens = lens;
      this.words = lens.dataset;
      this.stage = byId("lens-stage");
      this.narrow = matchMedia("(max-width: 47.99rem)");
      this.turn = 0; // counts drawings, so that a late one is not shown
      const years = (from, to) => ({ lo: dayOf(Number(from), 1, 1), hi: dayOf(Number(to), 12, 31) });
      this.all = years(this.words.first, this.words.last);
      this.own = years(this.words.from, this.words.to);
    }

    async open() {
      const index = new search.Index(new URL(this.words.index, location.href).href);
      this.entries = await new search.Entries(index).open();
      this.view = new search.View(this.lens, this.lens, index);
      this.wording = new search.time.Wording(this.words);
      this.lens.hidden = false;
      byId("drawing").hidden = true;
      this.listen();
      await this.read();
    }

    listen() {
      const doing = { earlier: () => this.move(-0.5), later: () => this.move(0.5), wider: () => this.zoom(2), closer: () => this.zoom(0.5), whole: () => this.go({ ...this.all }, true) };
      this.buttons = Array.from(this.lens.querySelectorAll("[data-do]"));
      for (const b of this.buttons) b.addEventListener("click", () => doing[b.dataset.do]());
      for (const f of this.facets()) f.addEventListener("toggle", () => this.values(f));
      this.lens.querySelector("#lens-list > button").addEventListener("click", () => this.list(true));
      this.stage.addEventListener("keydown", (e) => this.key(e));
      this.stage.addEventListener("focusin", (e) => this.rove(e.target.closest("a")));
      this.stage.addEventListener("click", (e) => this.click(e));
      new search.Hands(this);
      addEventListener("popstate", () => { if (this.now) this.read(); });
      let width = 0;
      new ResizeObserver(() => {
        if (this.now && this.stage.clientWidth !== width) this.show(this.state);
        width = this.stage.clientWidth;
      }).observe(this.stage);
    }

    facets() { return this.lens.querySelectorAll("[data-facet]"); }

    // read takes the state from the address; what leads to a place in the page is none.
    async read() {
      const asked = new URLSearchParams(location.hash.slice(1)), ours = ["tu", "den", ...facets].some((k) => asked.has(k));
      if (this.state && location.hash && !ours) return;
      const from = parse(asked.get("tu")), to = parse(asked.get("den"));
      const span = from || to ? this.bounded({ lo: from ? from.lo : this.all.lo, hi: to ? to.hi : this.all.hi }) : this.own;
      const chosen = Object.fromEntries(facets.map((f) => [f, (asked.get(f) || "").split(",").filter(Boolean)]));
      this.settled = true;
      await this.show({ ...span, chosen });
    }

    // address is that of a state.
    address({ lo, hi, chosen }) {
      const out = new URLSearchParams(), own = lo === this.own.lo && hi === this.own.hi, w = written({ lo, hi });
      if (!own) out.set("tu", w.from);
      if (!own) out.set("den", w.to);
      for (const f of facets) if (chosen[f].length) out.set(f, chosen[f].join(","));
      const s = out.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
      return location.pathname + location.search + (s ? "#" + s : "");
    }

    // bounded is a span within the whole timeline, of a day at least.
    bounded({ lo, hi }) {
      const { all } = this, days = Math.max(1, Math.min(hi - lo + 1, all.hi - all.lo + 1));
      lo = Math.max(all.lo, Math.min(lo, all.hi - days + 1));
      return { lo, hi: lo + days - 1 };
    }

    // fitted lets a span begin and end with units that are small beside it, so that its address
    // is short and its numbers are of whole units.
    fitted(span) {
      const days = span.hi - span.lo + 1, unit = units[days > 20 * 366 ? "year" : days > 180 ? "month" : "day"];
      const nearest = (day) => { const a = unit.start(day), b = unit.next(day); return day - a < b - day ? a : b; };
      const lo = nearest(Math.round(span.lo)), hi = nearest(Math.round(span.hi) + 1) - 1;
      return this.bounded({ lo, hi: Math.max(hi, lo) });
    }

    // go changes the state. Each step is one that the browser goes back by; what comes in one
    // movement is one together.
    go(change, step) {
      const before = this.state, state = { ...before, ...change };
      if (change.lo !== undefined) Object.assign(state, step ? this.bounded(state) : this.fitted(state));
      if (this.address(state) === this.address(before)) return Promise.resolve();
      const push = this.settled;
      this.settled = false;
      clearTimeout(this.timer);
      const note = () => {
        try {
          history[push || step ? "pushState" : "replaceState"](null, "", this.address(state));
        } catch (e) { /* some browsers keep the address of a file as it is */ }
      };
      const settle = () => {
        this.settled = true;
        if (this.now && this.now.state === this.state) this.sync(); // else when it is drawn
      };
      if (push || step) note();
      this.timer = setTimeout(() => { if (!push && !step) note(); settle(); }, step ? 0 : pause);
      return this.show(state);
    }

    move(by) {
      const { lo, hi } = this.state, days = Math.max(1, Math.round((hi - lo + 1) * Math.abs(by))) * Math.sign(by);
      return this.go({ lo: lo + days, hi: hi + days }, false);
    }

    // zoom shows factor times as many days around a day, or around the middle.
    zoom(factor, around) {
      const { lo, hi } = this.state, days = hi - lo + 1, at = around === undefined ? (lo + hi + 1) / 2 : around;
      const now = Math.max(1, days * factor), from = at - (at - lo) * (now / days);
      return this.go({ lo: from, hi: from + now - 1 }, false);
    }

    async show(state) {
      const turn = ++this.turn, chosen = JSON.stringify(state.chosen), late = () => turn !== this.turn;
      this.state = state;
      try {
        if (this.filtered !== chosen) {
          const use = await this.entries.filter(state.chosen);
          if (late()) return;
          use();
          this.filtered = chosen;
        }
        await this.draw(late);
      } catch (e) {
        if (!this.now) throw e; // nothing was drawn yet: the page stays as it came
        if (!late()) this.fail(e);
      }
    }

    // draw draws the state: mark by mark where there is room, else as bars.
    async draw(late) {
      const { state } = this, span = { lo: state.lo, hi: state.hi };
      this.stage.setAttribute("aria-busy", "true");
      const upright = this.narrow.matches, drawing = new search.Drawing(span, Math.max(280, this.stage.clientWidth), upright, this.wording);
      const within = await this.entries.within(span), docs = this.entries.count(within), events = this.entries.eventsIn(span);
      const told = { state, span, within, docs, events, drawing };
      if (!await this.marked(told, late)) await this.barred(told, late);
      if (late()) return;
      this.now = told;
      this.put(drawing);
      this.say(told);
      this.stage.setAttribute("aria-busy", "false");
      if (this.settled) this.sync();
    }

    // marked draws all entries one by one, and reports whether there was room for them. What lasts
    // longer than all that is shown is one bar where it is much.
    async marked(told, late) {
      const { span, within, docs, events, drawing } = told, { root } = this.entries.index;
      if (docs > mostRead || events.length > mostMarks) return false;
      const numbers = this.entries.numbers(within, Infinity);
      await this.entries.read(numbers);
      if (late()) return true;
      let list = numbers.map((n) => this.entries.entry(n));
      const many = (group) => (group.length > (drawing.upright ? mostThrough / 2 : mostThrough) ? group : []), last = list.filter((e) => e.lo <= span.lo && e.hi >= span.hi && e.hi > e.lo);
      const beyond = (e) => e.lo < span.lo || e.hi > span.hi, through = new Set([...many(last.filter(beyond)), ...many(last.filter((e) => !beyond(e)))]);
      told.through = through.size;
      list = list.filter((e) => !through.has(e));
      if (list.length > mostMarks || new Set(list.map((e) => Math.floor(e.n / root.titles.per))).size > mostFiles) return false;
      const named = await Promise.all([...list, ...events].map((e) => this.named(e)));
      const from = drawing.way.ruler + (told.through ? 26 : 8), laid = drawing.layout(named, drawing.deep - from - 8);
      if (!laid) return false;
      drawing.ruler(drawing.way.ruler, -1);
      if (told.through) drawing.through(this.view.say("through", this.view.number(told.through)), drawing.way.ruler + 4);
      drawing.marks(laid, from, this.bands);
      if (!drawing.upright) drawing.cut(from + laid.deep + 8);
      return true;
    }

    async barred(told, late) {
      const { span, within, events, drawing } = told, { upright, way } = drawing, unit = drawing.unit();
      const { list, longer } = await this.entries.bars(span, within, unit);
      if (late()) return;
      Object.assign(told, { unit, longer, through: 0 });
      const few = events.length <= mostMarks ? drawing.layout(await Promise.all(events.map((e) => this.named(e))), upright ? 90 : 110) : null, deep = few && events.length ? few.deep : 0;
      const word = (b) => ({ label: this.counted(this.wording.unit(unit, b.start), b.docs, b.events), href: this.address({ ...this.state, ...this.bounded({ lo: b.start, hi: b.next - 1 }) }) });
      const across = upright ? way.ruler : way.counts - way.foot;
      drawing.ruler(across, upright ? -1 : 1);
      drawing.bars(list, across, upright ? Math.min(200, drawing.width - across - deep - 64) : across - 8, word, (n) => this.view.number(n));
      if (deep) drawing.marks(few, upright ? drawing.width - deep : way.counts, this.bands);
      if (!upright) drawing.cut(way.counts + deep + 8);
      told.bars = list;
    }

    // named is an entry with what is shown of it.
    async named(e) {
      const [path, ...titles] = e.event ? [e.path, ...e.titles] : await this.entries.index.title(e.n), { text, lang } = this.view.local(titles);
      return { ...e, title: text, lang, href: e.event ? this.view.authority(path) : this.view.address(path), date: this.wording.date(e) };
    }

    get bands() { return { events: this.words.bandEvents, docs: this.words.bandDocs }; }

    amount(n, key) { return n === 1 ? this.words[key + "One"].replace("%s", "1") : this.view.say(key, this.view.number(n)); }

    // counted words what a span has: "1946: 1.320 tài liệu, 2 sự kiện".
    counted(span, docs, events) {
      const list = [docs || !events ? (docs ? this.amount(docs, "docs") : this.words.nothing) : "", events ? this.amount(events, "events") : ""].filter(Boolean).join(", ");
      return span.charAt(0).toLocaleUpperCase() + span.slice(1) + ": " + list;
    }

    // put sets a drawing into the page. Whoever was at one of its parts stays there, or at what
    // came in its place.
    put(drawing) {
      const held = this.stage.contains(document.activeElement) && document.activeElement !== this.stage ? document.activeElement.dataset.key : null;
      this.drawing = drawing;
      const items = drawing.items, again = items.find((a) => a.dataset.key === held);
      if (held && !again) this.stage.focus({ preventScroll: true });
      this.stage.replaceChildren(drawing.svg);
      this.rove(again || items[0]);
      if (again) again.focus({ preventScroll: true });
      else if (this.inward && items[0]) items[0].focus({ preventScroll: true });
      this.inward = false;
    }

    // rove lets one part of the drawing be reached by Tab; arrows lead from it to the others.
    rove(item) {
      if (!item) return;
      for (const a of this.drawing.items) a.setAttribute("tabindex", a === item ? "0" : "-1");
    }

    say({ span, docs, events, unit, longer, through }) {
      const text = this.counted(this.wording.span(span), docs, events.length), more = unit ? [this.words["bars" + unit.charAt(0).toUpperCase() + unit.slice(1)]] : [];
      if (longer) more.push(this.view.say("longer", this.view.number(longer)));
      if (through) more.push(this.view.say("through", this.view.number(through)) + ".");
      this.stage.setAttribute("aria-label", this.view.say("stage", this.wording.span(span)));
      const said = [text + ".", ...more].join(" ");
      const status = byId("lens-status");
      status.setAttribute("aria-live", this.settled ? "polite" : "off"); // a movement is told when it has ended
      if (status.textContent !== said) status.textContent = said;
      const { lo, hi } = this.state, whole = lo === this.all.lo && hi === this.all.hi;
      const off = { earlier: lo === this.all.lo, later: hi === this.all.hi, wider: whole, whole, closer: lo === hi };
      for (const b of this.buttons) b.setAttribute("aria-disabled", String(off[b.dataset.do]));
    }

    // sync does what waits until a movement has ended: the list, the filters, the links.
    sync() {
      const status = byId("lens-status");
      if (status.getAttribute("aria-live") === "off") {
        status.setAttribute("aria-live", "polite");
        status.replaceChildren(status.textContent);
      }
      document.querySelectorAll(".masthead-lang a").forEach((a) => { a.hash = location.hash; });
      this.facets().forEach((f) => this.values(f));
      this.chips();
      this.list(false).catch((e) => this.fail(e));
    }

    // list lists what is shown, in place of the list of the page where that is of something else.
    async list(more) {
      const box = byId("lens-list"), { state, now } = this, own = this.address(state) === this.address({ ...this.own, chosen: { fonds: [], form: [] } });
      byId("list").hidden = !own;
      box.hidden = own;
      if (own || !now) return;
      const ol = box.querySelector("ol"), button = box.querySelector("button"), from = more ? ol.children.length : 0, turn = this.turn;
      const numbers = this.entries.numbers(now.within, from + perList);
      await this.entries.read(numbers);
      const all = numbers.map((n) => this.entries.entry(n)).concat(now.events).sort((a, b) => a.lo - b.lo || a.hi - b.hi), left = now.docs + now.events.length;
      const items = await Promise.all(all.slice(from, from + perList).map(async (e) => {
        const { title, lang, href, date } = await this.named(e), li = make("li", "", { className: "slip" }), body = make("div", "", { className: "slip-body" }), p = make("p", "", { className: "slip-title" }), meta = make("p", "", { className: "slip-meta" });
        p.append(make("a", title, lang ? { href, lang } : { href }));
        if (e.event) meta.append(make("span", this.words.eventsOne.replace(/^\S*\s*/, ""), { className: "slip-form" }));
        meta.append(make("span", date, { className: "slip-date" }));
        body.append(p, meta);
        li.append(body);
        return li;
      }));
      if (turn !== this.turn) return;
      if (more) ol.append(...items);
      else ol.replaceChildren(...items);
      const rest = left - ol.children.length;
      button.hidden = rest <= 0;
      button.textContent = this.view.say("rest", this.view.number(Math.min(perList, rest)), this.view.number(rest));
      if (more && items[0]) items[0].querySelector("a").focus();
    }

    // values fills in a facet that is open.
    async values(facet) {
      if (!facet.open || !this.now) return;
      const { turn } = this, name = facet.dataset.facet, list = await this.entries.values(name, this.state.chosen, this.now.within);
      if (turn !== this.turn) return;
      const held = document.activeElement, id = facet.contains(held) ? held.value : "";
      this.view.values(name, facet.querySelector("ul"), list, this.state.chosen[name], (value, on) => this.choose(name, value, on));
      const again = id && facet.querySelector("input[value=\"" + CSS.escape(id) + "\"]");
      if (again) again.focus({ preventScroll: true });
    }

    choose(name, id, on) {
      const others = this.state.chosen[name].filter((x) => x !== id);
      return this.go({ chosen: { ...this.state.chosen, [name]: on ? [...others, id] : others } }, true);
    }

    async chips() {
      const { state } = this, chips = [];
      for (const [name, ids] of Object.entries(state.chosen)) {
        if (!ids.length) continue;
        const values = await this.entries.index.facet(name).catch(() => []);
        for (const id of ids) {
          const v = values.find((x) => x.id === id), text = this.view.value(name, id, v && v.labels), li = make("li"), button = make("button", text, { type: "button" });
          button.setAttribute("aria-label", this.view.say("remove", text));
          button.addEventListener("click", () => this.choose(name, id, false));
          li.append(button);
          chips.push(li);
        }
      }
      if (state === this.state) byId("lens-chosen").replaceChildren(...chips);
    }

    // click zooms into a bar.
    click(e) {
      const a = e.target.closest("a.lens-count");
      if (!a || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
      e.preventDefault();
      const bar = this.now.bars.find((b) => "bar-" + b.start === a.dataset.key), span = bar && this.bounded({ lo: bar.start, hi: bar.next - 1 });
      if (!bar) return;
      if (span.lo === this.state.lo && span.hi === this.state.hi) { // one day, which has no parts
        byId("lens-list-name").focus();
        return;
      }
      this.inward = true;
      this.go(span, true);
    }

    key(e) {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const { lo, hi } = this.state, days = hi - lo + 1, item = e.target.closest("a"), items = this.drawing.items, at = items.indexOf(item);
      const step = (by) => {
        const next = items[at + by];
        if (item && next) return next.focus();
        return this.move(0.25 * by);
      };
      const keys = {
        ArrowLeft: () => step(-1), ArrowUp: () => step(-1), ArrowRight: () => step(1), ArrowDown: () => step(1), PageUp: () => this.move(-1), PageDown: () => this.move(1),
        "+": () => this.closer(item, 0.5), "=": () => this.closer(item, 0.5), "-": () => this.closer(item, 2), "−": () => this.closer(item, 2),
        Home: () => this.go({ lo: this.all.lo, hi: this.all.lo + days - 1 }, false), End: () => this.go({ lo: this.all.hi - days + 1, hi: this.all.hi }, false),
      };
      if (!Object.hasOwn(keys, e.key)) return;
      e.preventDefault();
      keys[e.key]();
    }

    // closer zooms around what has the focus.
    closer(item, factor) {
      if (!item) return this.zoom(factor);
      const box = item.getBoundingClientRect(), stage = this.stage.getBoundingClientRect();
      const along = this.drawing.upright ? (box.top + box.bottom) / 2 - stage.top : (box.left + box.right) / 2 - stage.left;
      return this.zoom(factor, this.drawing.day(along));
    }

    fail(e) {
      byId("lens-status").textContent = this.words.failed;
      this.stage.setAttribute("aria-busy", "false");
      byId("list").hidden = false;
      console.warn(e);
    }
  }

  search.Timeline = Timeline;
})(window.vitrineSearch = window.vitrineSearch || {});
