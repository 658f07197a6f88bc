// Shows what was found: titles first, what else is shown of a hit once it has come, and the
// values of facets with their counts.
(function (search) {
  "use strict";

  const shown = 12; // values of a facet, before a reader asks for all

  function make(name, text, attributes) {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    return Object.assign(e, attributes);
  }

  class View {
    // form and box are the two parts of the page that hold what the script needs to know.
    constructor(form, box, index) {
      this.form = form;
      this.words = box.dataset;
      this.index = index;
      this.lang = document.documentElement.lang;
      this.at = Math.max(0, index.root.langs.indexOf(this.lang));
    }

    // say words a text of the page.
    say(key, ...values) { return values.reduce((s, v) => s.replace("%s", v), this.words[key]); }

    number(n) { return n.toLocaleString(this.lang); }

    count(n) { return n === 1 ? this.words.countOne : this.say("count", this.number(n)); }

    // local is a text in the language of the page, or in the first one: {text, lang}, lang
    // being set where it is not that of the page.
    local(texts) {
      const list = [].concat(texts || ""), own = list[this.at];
      return own || list.length === 1 ? { text: own || list[0], lang: "" } : { text: list[0], lang: this.at ? this.index.root.langs[0] : "" };
    }

    // address is that of a record's page, with the query whose words it marks; in its
    // transcript, where they stand only there.
    address(path, query, inText) {
      const page = this.form.dataset.records + path + (path.includes("/") ? ".html" : "/index.html");
      return page + (query ? "?q=" + encodeURIComponent(query) + (inText ? "&in=text" : "") : "");
    }

    // authority is the address of its page, whose path is that in the first language.
    authority(path) {
      const cut = path.lastIndexOf("/"), room = this.form.dataset.rooms.split(" ").find((r) => r.startsWith(path.slice(0, cut) + "="));
      return room ? room.slice(room.indexOf("=") + 1) + path.slice(cut + 1) + ".html" : "";
    }

    // title is a link to a record, its words marked. query is {text, words, inText}: the
    // words as they stand in the record; null for none.
    async title(n, query) {
      const [path, ...titles] = await this.index.title(n), { text, lang } = this.local(titles);
      const link = make("a", "", { href: this.address(path, query && query.text, query && query.inText), lang });
      search.mark.into(link, text, query ? search.mark.hits(text, query.words) : []);
      if (!lang) link.removeAttribute("lang");
      return link;
    }

    // hits makes the items of records, of which about says the query; more says when what
    // else is shown of them has come.
    async hits(numbers, about) {
      const items = await Promise.all(numbers.map(async (n) => {
        const item = make("li", "", { className: "slip" }), body = make("div", "", { className: "slip-body" }), title = make("p", "", { className: "slip-title" });
        title.append(await this.title(n, about(n)));
        body.append(title);
        item.append(body);
        return item;
      }));
      return { items, more: Promise.all(items.map(async (item, i) => this.fill(item, await this.index.row(numbers[i]), about(numbers[i])))) };
    }

    fill(item, row, query) {
      const meta = make("p", "", { className: "slip-meta" }), body = item.firstChild;
      const part = (texts, className) => {
        const { text, lang } = this.local(texts);
        if (!text) return null;
        const e = make("span", text, { className });
        if (lang) e.lang = lang;
        return e;
      };
      meta.append(...[part(row.form, "slip-form") || part(row.level, "slip-form"), part(row.date, "slip-date"), part(row.reference, "slip-ref"), query && query.inText && part(this.words.inText, "hit-text")].filter(Boolean));
      body.append(meta);
      const place = part(row.place, "");
      if (place) {
        const p = make("p", "", { className: "hit-place" });
        p.append(place);
        body.append(p);
      }
      const { text, lang } = this.local(row.text);
      if (text) {
        const p = make("p", "", { className: "slip-summary" });
        if (lang) p.lang = lang;
        search.mark.snippet(p, text, query ? query.words : []);
        body.append(p);
      }
      if (row.picture) item.prepend(this.picture(row.picture));
    }

    picture([path, width, height]) {
      const box = make("span", "", { className: "slip-thumb" });
      box.append(make("img", "", { width, height, alt: "", loading: "lazy", decoding: "async", src: this.form.dataset.root + path }));
      return box;
    }

    // value words a value of a facet.
    value(facet, id, labels) {
      if (facet === "decade") return this.say("decade", id, Number(id) + 9);
      return this.local(labels && labels.length ? labels : facet === "images" ? this.words.yes : id).text;
    }

    // values fills the list of a facet, the most frequent first; changed is told which are
    // chosen. In order of time where they are decades.
    values(facet, list, values, chosen, changed) {
      const live = values.filter((v) => v.count || chosen.includes(v.id));
      live.sort((a, b) => (facet === "decade" ? a.id - b.id : b.count - a.count));
      const item = (v) => {
        const li = make("li"), label = make("label"), input = make("input", "", { type: "checkbox", value: v.id, checked: chosen.includes(v.id) });
        label.append(input, make("span", this.value(facet, v.id, v.labels)), make("span", this.number(v.count), { className: "count" }));
        input.addEventListener("change", () => changed(v.id, input.checked));
        li.append(label);
        return li;
      };
      const all = facet === "decade" || live.length <= shown + 3 || list.dataset.all;
      list.replaceChildren(...(all ? live : live.slice(0, shown)).map(item));
      if (all) return;
      const more = make("li"), button = make("button", this.say("more", this.number(live.length)), { type: "button", className: "facet-more" });
      button.addEventListener("click", () => {
        list.dataset.all = "yes";
        this.values(facet, list, values, chosen, changed);
        list.children[shown].querySelector("input").focus();
      });
      more.append(button);
      list.append(more);
    }
  }

  Object.assign(search, { View, make });
})(window.vitrineSearch = window.vitrineSearch || {});
