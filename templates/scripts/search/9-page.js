// The search page. Its address is its state, so that a search can be cited:
//
//	q      what is looked for
//	fonds, form, decade, creator, place, subject, level, access, images
//	       values that hits are narrowed to, separated by commas
//	tu, den  the first and last year
//	sap    "ngay" oldest first, "ngay-giam" latest first; else by rank
//	trang  the page of ten hits
(function (search) {
  "use strict";

  const perPage = 10, pause = 160; // ms after the last key
  const sorts = { ngay: "date", "ngay-giam": "-date" };
  const make = search.make, byId = (id) => document.getElementById(id);

  class Page {
    constructor(form, box) {
      this.form = form;
      this.box = box;
      this.field = byId("search-q");
      this.facets = Array.from(box.querySelectorAll("[data-facet]"));
      this.turn = 0; // counts answers, so that a late one is not shown
      this.title = document.title;
    }

    async open() {
      this.index = await new search.Index(new URL(this.form.dataset.index, location.href).href).open();
      this.engine = new search.Search(this.index);
      this.view = new search.View(this.form, this.box, this.index);
      this.form.hidden = byId("search-how").hidden = false;
      this.listen();
      this.read();
      this.show(false);
      if (!this.state.q) this.field.focus({ preventScroll: true });
    }

    listen() {
      this.form.addEventListener("submit", (e) => {
        e.preventDefault();
        clearTimeout(this.timer);
        this.go({ q: this.field.value.trim(), page: 1 }, true);
      });
      this.field.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.go({ q: this.field.value.trim(), page: 1 }, false), pause);
      });
      for (const [id, key] of [["search-from", "from"], ["search-to", "to"]]) byId(id).addEventListener("change", (e) => this.go({ [key]: Number(e.target.value) || 0, page: 1 }, true));
      byId("search-sort").addEventListener("change", (e) => this.go({ sort: e.target.value, page: 1 }, true));
      for (const f of this.facets) {
        f.addEventListener("toggle", () => this.count(f));
        if (!this.index.root.facets[f.dataset.facet]) f.hidden = true;
      }
      addEventListener("popstate", () => { this.read(); this.show(false); });
    }

    // read takes the state from the address.
    read() {
      const asked = new URLSearchParams(location.search), year = (name) => Math.min(9999, Number(/^\d{1,4}$/.exec(asked.get(name) || "") || 0));
      this.state = { q: (asked.get("q") || "").slice(0, 300), facets: {}, from: year("tu"), to: year("den"), sort: sorts[asked.get("sap")] ? asked.get("sap") : "", page: Math.max(1, Number(asked.get("trang")) | 0) };
      for (const f of this.facets) this.state.facets[f.dataset.facet] = (asked.get(f.dataset.facet) || "").split(",").filter(Boolean);
      this.field.value = this.state.q;
      this.settled = true;
    }

    // address is that of a state.
    address(state) {
      const out = new URLSearchParams(), put = (name, value) => { if (value) out.set(name, value); };
      put("q", state.q);
      for (const [name, ids] of Object.entries(state.facets)) put(name, ids.join(","));
      put("tu", state.from);
      put("den", state.to);
      put("sap", state.sort);
      put("trang", state.page > 1 ? state.page : 0);
      const s = out.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
      return location.pathname + (s ? "?" + s : "");
    }

    // go changes the state. Each step is one that the browser goes back by; what is typed is one
    // together, up to where it is sent off.
    go(change, step) {
      const before = this.address(this.state), kept = this.settled && !this.empty();
      this.state = { ...this.state, ...change };
      const now = this.address(this.state);
      try {
        if (kept && before !== now) history.pushState(null, "", now);
        else history.replaceState(null, "", now);
      } catch (e) { /* some browsers keep the address of a file as it is */ }
      this.settled = step;
      return this.show(!step);
    }

    asked(typing) {
      const { q, facets, from, to, sort, page } = this.state;
      return { q, facets, from, to, sort: sorts[sort] || "", need: page * perPage, typing, quick: true };
    }

    empty() { return !this.state.q && !this.state.from && !this.state.to && Object.values(this.state.facets).every((ids) => !ids.length); }

    async show(typing) {
      const turn = ++this.turn, { state } = this;
      this.sync();
      if (this.empty()) return this.clear();
      try {
        const answer = await this.engine.answer(this.asked(typing));
        const last = Math.max(1, Math.ceil(answer.hits.length / perPage)), page = Math.min(state.page, last), from = (page - 1) * perPage;
        const part = () => Array.from(answer.order.slice(from, from + perPage)), numbers = part();
        const { items, more } = await this.view.hits(numbers, (n) => this.about(answer, n));
        if (turn !== this.turn) return;
        this.answer = answer;
        this.list(items, from, answer.hits.length, page, last);
        land();
        this.facets.forEach((f) => this.count(f));
        await this.help(answer, turn);
        if (answer.better && turn === this.turn) await this.improve(answer, turn, part);
        await this.nearly(page === last ? answer : { ...answer, nearly: [] }, turn);
        await more;
      } catch (e) {
        if (turn === this.turn) this.fail(e);
      }
    }

    // improve brings the hits into the order for which more was read, unless a reader is at
    // one of them already.
    async improve(answer, turn, part) {
      const before = part().join();
      answer.order = await answer.better();
      const numbers = part(), results = byId("results");
      if (turn !== this.turn || numbers.join() === before || results.contains(document.activeElement)) return;
      const { items, more } = await this.view.hits(numbers, (n) => this.about(answer, n));
      if (turn === this.turn) results.replaceChildren(...items);
      await more;
    }

    // nearly shows what has most of the words, below few hits.
    async nearly(answer, turn) {
      const { items, more } = await this.view.hits(answer.nearly, (n) => this.about(answer, n));
      if (turn !== this.turn) return;
      byId("search-nearly").hidden = !items.length;
      byId("search-nearly").querySelector("ol").replaceChildren(...items);
      await more;
    }

    // about is what of the query stands in a record.
    about({ query, found }, n) {
      const { matcher } = this.engine;
      return found.parts.length ? { text: query.text, words: matcher.words(found, n), inText: matcher.inText(found, n) } : null;
    }

    list(items, from, total, page, last) {
      const results = byId("results");
      this.box.hidden = false;
      byId("search-ways").hidden = total > 0;
      results.replaceChildren(...items);
      results.start = from + 1;
      results.dataset.total = total;
      byId("search-status").dataset.asked = this.state.q; // on paper, where the field is not
      byId("search-status").textContent = total ? this.view.count(total) + (last > 1 ? ", " + this.view.say("page", this.view.number(page), this.view.number(last)) : "") : this.view.words.none;
      const pager = byId("search-pager");
      pager.hidden = last === 1;
      pager.replaceChildren(...[["prev", page - 1], ["next", page + 1]].filter(([, to]) => to >= 1 && to <= last).map(([rel, to]) => this.turner(rel, to)));
    }

    turner(rel, page) {
      const link = make("a", this.view.words[rel], { rel, href: this.address({ ...this.state, page }) });
      link.addEventListener("click", (e) => {
        if (e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
        e.preventDefault();
        this.go({ page }, true).then(() => {
          byId("search-status").focus({ preventScroll: true });
          byId("results").scrollIntoView({ block: "start" });
        });
      });
      return link;
    }

    // help says why little was found, what may have been meant, and where a page of the
    // archive is what was asked for.
    async help(answer, turn) {
      const { view } = this, { found, query } = answer, lines = [];
      const line = (text, ...more) => {
        const p = make("p", text);
        more.forEach((m) => p.append(" ", m));
        lines.push(p);
      };
      for (const j of answer.jumps) {
        if (j.path && view.authority(j.path)) line(view.words.authority, make("a", query.text, { href: view.authority(j.path) }));
        if (j.record !== undefined) line(view.words.bears, await view.title(j.record));
      }
      if (found.lacking.length) {
        const said = found.lacking.map((p) => "“" + query.text.slice(p.words[0].from, p.words[p.words.length - 1].to) + "”");
        line(view.say("lacking", said.join(", ")), ...(answer.hits.length ? [view.words.without] : []));
      }
      if (found.most) line(view.words.most);
      if (answer.all.length > answer.hits.length && !answer.hits.length) {
        const button = make("button", view.words.unfilter, { type: "button" });
        button.addEventListener("click", () => this.go({ facets: Object.fromEntries(Object.keys(this.state.facets).map((k) => [k, []])), from: 0, to: 0, page: 1 }, true));
        line(view.say("filtered", view.count(answer.all.length)), button);
      }
      byId("search-help").replaceChildren(...lines);
      const near = search.near, engine = [this.index, this.engine.matcher, query];
      const offers = found.lacking.length ? await near.offers(...engine, found.lacking) : answer.poor ? await near.meant(...engine) : [];
      if (turn !== this.turn || !offers.length) return;
      line(view.words.offers, ...offers.map((o) => make("a", o.text, { href: this.address({ ...this.state, q: o.text, page: 1 }) })));
      byId("search-help").replaceChildren(...lines);
    }

    // count fills in a facet that is open.
    async count(facet) {
      const turn = this.turn, name = facet.dataset.facet;
      if (!facet.open || !this.answer) return;
      const values = await this.engine.counts(name, this.answer);
      if (turn !== this.turn) return;
      const held = document.activeElement, id = facet.contains(held) ? held.value : "";
      this.view.values(name, facet.querySelector("ul"), values, this.state.facets[name], (value, on) => this.choose(name, value, on));
      const again = id && facet.querySelector("input[value=\"" + CSS.escape(id) + "\"]");
      if (again) again.focus({ preventScroll: true });
    }

    choose(name, id, on) {
      const others = this.state.facets[name].filter((x) => x !== id);
      return this.go({ facets: { ...this.state.facets, [name]: on ? [...others, id] : others }, page: 1 }, true);
    }

    // sync makes the controls say what the state is.
    async sync() {
      const { state } = this;
      byId("search-from").value = state.from || "";
      byId("search-to").value = state.to || "";
      byId("search-sort").value = state.sort;
      document.title = state.q ? state.q + " – " + this.title : this.title;
      document.querySelectorAll(".masthead-lang a").forEach((a) => { a.search = location.search; });
      const chips = [], chip = (text, change) => {
        const li = make("li"), button = make("button", text, { type: "button" });
        button.setAttribute("aria-label", this.view.say("remove", text));
        button.addEventListener("click", () => this.go({ ...change(), page: 1 }, true));
        li.append(button);
        chips.push(li);
      };
      for (const [name, ids] of Object.entries(state.facets)) {
        if (!ids.length) continue;
        const values = await this.index.facet(name).catch(() => []);
        for (const id of ids) {
          const v = values.find((x) => x.id === id);
          chip(this.view.value(name, id, v && v.labels), () => ({ facets: { ...this.state.facets, [name]: this.state.facets[name].filter((x) => x !== id) } }));
        }
      }
      if (state.from || state.to) chip(this.view.say("years", state.from || "…", state.to || "…"), () => ({ from: 0, to: 0 }));
      if (state === this.state) byId("search-chosen").replaceChildren(...chips);
    }

    clear() {
      this.box.hidden = true;
      byId("search-ways").hidden = false;
      byId("results").replaceChildren();
      byId("results").dataset.total = 0;
      byId("search-help").replaceChildren();
      byId("search-nearly").hidden = true;
      byId("search-status").textContent = "";
      this.answer = null;
    }

    fail(e) {
      land();
      this.box.hidden = false;
      byId("search-status").textContent = this.view.words.failed;
      byId("search-ways").hidden = false;
      console.warn(e);
    }
  }

  // land lets the fonts come; see scripts/landing.
  function land() { document.documentElement.classList.remove("landing"); }

  function begin() {
    const form = byId("search");
    if (!form) return;
    const page = search.page = new Page(form, byId("search-found"));
    page.open().catch(() => {
      land();
      byId("search-lost").hidden = false;
    });
  }

  begin();
})(window.vitrineSearch = window.vitrineSearch || {});
