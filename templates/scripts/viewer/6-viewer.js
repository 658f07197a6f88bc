// The document viewer of a record: its pages by deep zoom, with their texts. It
// opens over the page, which reads fully without it. Its words stand in the
// page, in <template id="viewer">.
(function (vitrine) {
  "use strict";

  const step = 0.15; // of the window, that an arrow key moves

  // sheets are the pages with a picture, as the page of the record lists them.
  function sheets() {
    return Array.from(document.querySelectorAll(".sheet[id]")).filter((f) => f.querySelector(".sheet-file")).map((figure) => {
      const sizes = Array.from(figure.querySelectorAll(".sheet-sizes a[data-width]"), (a) => ({
        href: a.href, width: Number(a.dataset.width), height: Number(a.dataset.height), link: a,
      }));
      const whole = sizes[sizes.length - 1], image = figure.querySelector("img"), d = figure.dataset;
      const label = figure.querySelector("figcaption b");
      return {
        anchor: figure.id, page: figure.id.replace("to-", ""), figure, sizes, file: fileOf(figure), width: whole.width, height: whole.height, alt: image.alt,
        label: label ? label.textContent.trim() : image.alt,
        tiles: d.tiles ? { href: new URL(d.tiles, location.href).href, size: Number(d.tileSize), scales: d.scales.split(" ").map(Number) } : null,
      };
    });
  }

  // fileOf is the link to the file whose page a figure is; it stands at the first of them.
  function fileOf(figure) {
    const first = document.getElementById(figure.id.replace(/^(to-\d+)-\d+$/, "$1"));
    return first && first.querySelector(".sheet-sizes a:not([data-width])");
  }

  class Viewer {
    constructor(table) {
      this.table = table;
      this.sheets = sheets();
      this.folded = false;
      this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.sheets.forEach((s) => {
        s.figure.querySelector(".sheet-file").addEventListener("click", (e) => {
          if (e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return; // a new tab shows the file
          e.preventDefault();
          this.ask(s.page);
        });
        const look = s.figure.querySelector(".sheet-look");
        look.hidden = false;
        look.addEventListener("click", () => this.ask(s.page));
      });
      addEventListener("hashchange", () => this.follow());
      this.follow();
    }

    // ask opens a page by its address, so that the browser's way back closes it.
    ask(page) {
      this.asked = true;
      location.hash = vitrine.address.write(page, null);
    }

    // follow shows what the address says.
    follow() {
      const state = vitrine.address.read(location.hash);
      const sheet = state && vitrine.address.sheetOf(state.page, this.sheets);
      if (!sheet) return this.shut();
      this.load().then(() => this.show(sheet, vitrine.address.pixels(state.region, sheet)));
    }

    // load fetches the deep zoom when the viewer is first opened. Where it does
    // not come, the picture itself is shown.
    load() {
      this.loading = this.loading || new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = this.table.dataset.zoom;
        script.onload = resolve;
        script.onerror = () => location.assign(this.sheets[0].figure.querySelector(".sheet-file").href);
        document.head.append(script);
      });
      return this.loading;
    }

    build() {
      const content = document.getElementById("viewer").content.cloneNode(true);
      this.dialog = content.querySelector("dialog");
      document.body.append(content);
      this.strip();
      this.dialog.showModal(); // the stage needs its size
      this.stage = new vitrine.Stage(this.find(".viewer-stage"), this.still, (lacks) => { this.find(".viewer-failed").hidden = !lacks; });
      this.text = new vitrine.Text(this.find(".viewer-text"), this.stage);
      this.region = new vitrine.Region(this.stage, (box) => this.tell(box), (box) => this.chosen(box));
      this.tools = new vitrine.Tools(this.dialog, this.does());
      this.dialog.addEventListener("cancel", (e) => { e.preventDefault(); this.back(); });
      this.dialog.addEventListener("keydown", (e) => this.key(e));
      this.find(".viewer-panel-light").addEventListener("input", () => this.light());
      this.find(".viewer-room").addEventListener("fullscreenchange", () => this.tools.button("full").setAttribute("aria-pressed", String(!!document.fullscreenElement)));
    }

    find(selector) { return this.dialog.querySelector(selector); }

    does() {
      return {
        close: () => this.close(), prev: () => this.turn(-1), next: () => this.turn(1), in: () => this.stage.zoom(1.5), out: () => this.stage.zoom(1 / 1.5),
        fit: () => this.stage.fit(), rotate: () => this.stage.rotate(), full: () => this.full(), text: () => this.fold(), region: () => this.choose(),
        unlight: () => this.unlight(), retry: () => this.retry(), unmark: () => this.go(this.sheet.page, null), "copy-link": (b) => this.copy(b, this.address()), "copy-cite": (b) => this.copy(b, this.citation()),
      };
    }

    // strip lists the pages by their smallest pictures.
    strip() {
      const list = this.find(".viewer-strip");
      list.hidden = this.sheets.length < 2;
      this.sheets.forEach((s) => {
        const item = document.createElement("li"), link = document.createElement("a"), image = new Image(), words = document.createElement("span");
        link.href = vitrine.address.write(s.page, null);
        image.loading = "lazy";
        image.src = s.sizes[0].href;
        image.width = s.sizes[0].width;
        image.height = s.sizes[0].height;
        image.alt = "";
        words.textContent = s.label;
        link.append(image, words);
        link.addEventListener("click", (e) => { e.preventDefault(); this.go(s.page, null); });
        item.append(link);
        list.append(item);
        s.item = link;
      });
    }

    // go shows another page or region in place of this address.
    go(page, region) {
      const address = vitrine.address.write(page, region);
      if (location.hash === address) this.follow();
      else location.replace(address);
    }

    turn(by) {
      const next = this.sheets[this.sheets.indexOf(this.sheet) + by];
      if (next) this.go(next.page, null);
    }

    show(sheet, region) {
      if (!this.dialog) this.build();
      if (!this.dialog.open) this.dialog.showModal();
      this.choosing(false);
      if (sheet === this.sheet) return this.mark(region);
      this.sheet = sheet;
      this.name();
      this.hasText = this.text.show(sheet);
      this.fold(this.folded);
      this.sizes();
      this.stage.show(sheet, () => this.mark(region));
      this.stage.osd.canvas.focus();
    }

    // name says which page this is, in the head and in the strip.
    name() {
      const at = this.sheets.indexOf(this.sheet), many = this.sheets.length;
      this.find(".viewer-page").textContent = this.sheet.label;
      this.find(".viewer-count").textContent = many > 1 ? at + 1 + "/" + many : "";
      this.tools.button("prev").disabled = at === 0;
      this.tools.button("next").disabled = at === many - 1;
      this.sheets.forEach((s) => s.item.removeAttribute("aria-current"));
      this.sheet.item.setAttribute("aria-current", "true");
      this.sheet.item.scrollIntoView({ block: "center", inline: "center" });
    }

    // retry asks for the picture once more.
    retry() {
      this.stage.show(this.sheet, () => this.mark(this.marked));
      this.stage.osd.canvas.focus();
    }

    // mark outlines the region of the address and offers it for quotation.
    mark(region) {
      this.marked = region;
      this.stage.outline("region", region);
      this.find(".viewer-cite").hidden = !region;
      if (!region) return;
      this.tell(region);
      this.find(".viewer-link").value = this.address();
      this.stage.approach(region);
    }

    // address is that of what is shown.
    address() { return location.href.replace(/#.*$/, "") + vitrine.address.write(this.sheet.page, this.marked); }

    // citation is the first that the page offers, of the sheet and the part that are shown. On a
    // site without an address it has none, so that of the page is put behind it.
    citation() {
      const first = document.querySelector(".citation p"), fragment = vitrine.address.write(this.sheet.page, this.marked);
      if (!first) return this.sheet.label + ": " + this.address();
      const text = window.vitrineCited(first, { fragment, label: this.sheet.label }).trim();
      return first.querySelector(".cite-url") ? text : text.replace(/\.?$/, ". ") + this.address();
    }

    copy(button, text) { vitrine.copy(button, this.find(".viewer-link"), text); }

    tell(box) {
      const words = this.dialog.dataset.region;
      this.find(".viewer-status").textContent = words.replace("%s", box.x + ", " + box.y).replace("%s", box.w + " × " + box.h);
    }

    choose() {
      if (this.region.on) return this.region.stop(null);
      this.tools.unfold();
      this.mark(null);
      this.choosing(true);
      this.stage.osd.canvas.focus();
    }

    choosing(is) {
      if (is) this.region.start();
      else this.region.leave();
      this.find(".viewer-hint").hidden = !is;
      this.tools.button("region").setAttribute("aria-pressed", String(is));
    }

    // chosen shows the region that was chosen; where none was, that of before.
    chosen(box) {
      this.choosing(false);
      if (box) this.go(this.sheet.page, box);
      else this.follow();
    }

    // sizes takes the links to the files of this page, and of all pages, into their panel.
    sizes() {
      const list = this.find(".viewer-sizes"), links = this.sheet.sizes.map((s) => s.link).filter((a) => a.hasAttribute("download"));
      if (this.sheet.file) links.push(this.sheet.file);
      this.find("[data-unfold=sizes]").hidden = links.length === 0;
      list.replaceChildren(...links.map((link) => {
        const item = document.createElement("li");
        item.append(link.cloneNode(true));
        return item;
      }));
    }

    light() {
      const value = (name) => Number(this.find("input[name=" + name + "]").value) / 100;
      this.stage.light(value("brightness"), value("contrast"));
    }

    unlight() {
      this.dialog.querySelectorAll("input[type=range]").forEach((input) => { input.value = 100; });
      this.light();
    }

    // fold hides the text or shows it again; without a word it does the other.
    fold(away) {
      this.folded = away === undefined ? !this.folded : !!away;
      const button = this.tools.button("text");
      button.hidden = !this.hasText;
      button.setAttribute("aria-pressed", String(!this.folded));
      this.find(".viewer-text").hidden = !this.hasText || this.folded;
    }

    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else this.find(".viewer-room").requestFullscreen().catch(() => {});
    }

    key(e) {
      if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("input, .viewer-text, .viewer-text *")) return;
      if (this.region.key(e)) return e.preventDefault();
      const keys = {
        ArrowLeft: () => this.stage.pan(-step, 0), ArrowRight: () => this.stage.pan(step, 0), ArrowUp: () => this.stage.pan(0, -step), ArrowDown: () => this.stage.pan(0, step),
        "+": () => this.stage.zoom(1.5), "=": () => this.stage.zoom(1.5), "-": () => this.stage.zoom(1 / 1.5), "_": () => this.stage.zoom(1 / 1.5), 0: () => this.stage.fit(),
        r: () => this.stage.rotate(), f: () => this.full(), PageUp: () => this.turn(-1), PageDown: () => this.turn(1),
        Home: () => this.go(this.sheets[0].page, null), End: () => this.go(this.sheets[this.sheets.length - 1].page, null),
      };
      const act = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
      if (!act || !this.stage.ready) return;
      e.preventDefault();
      act();
    }

    // back leaves what was begun last: a choice, a panel, the viewer.
    back() {
      if (this.region.on) this.region.stop(null);
      else if (!this.tools.folded()) this.close();
    }

    // close goes back to where the reader came from, or to the page of the record.
    close() {
      if (this.asked) history.back();
      else location.replace("#" + this.sheet.anchor);
    }

    shut() {
      this.asked = false;
      if (!this.dialog || !this.dialog.open) return;
      if (document.fullscreenElement) document.exitFullscreen();
      this.choosing(false);
      this.text.putBack();
      this.dialog.close();
      const figure = this.sheet.figure;
      this.sheet = null;
      figure.scrollIntoView({ block: "nearest", inline: "center" });
    }
  }

  const table = document.querySelector(".table[data-zoom]");
  if (table && window.HTMLDialogElement) vitrine.opened = new Viewer(table);
})(window.vitrineViewer = window.vitrineViewer || {});
