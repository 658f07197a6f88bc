// Transcript and translation beside the picture. A line that says where it
// stands is outlined in the picture, and told by the pointer over it.
(function (vitrine) {
  "use strict";

  class Text {
    // panel takes in the section of the page that holds the text.
    constructor(panel, stage) {
      this.panel = panel;
      this.stage = stage;
      this.lines = [];
      panel.addEventListener("pointerover", (e) => this.pointed(e.target));
      panel.addEventListener("pointerleave", () => this.mark(null));
      panel.addEventListener("focusin", (e) => this.pointed(e.target));
      panel.addEventListener("click", (e) => this.clicked(e.target));
      panel.addEventListener("keydown", (e) => this.key(e));
      stage.element.addEventListener("pointermove", (e) => this.moved(e));
    }

    // show moves the text of a sheet into the panel, so that its notes and links
    // stay what they are. It reports whether there is one.
    show(sheet) {
      this.putBack();
      const section = document.getElementById("text-" + sheet.anchor);
      if (!section) return false;
      this.place = document.createComment("");
      this.section = section.closest(".transcript");
      this.section.replaceWith(this.place);
      this.panel.replaceChildren(this.section);
      this.panel.scrollTop = 0;
      this.lines = [];
      this.section.querySelectorAll("[data-box]").forEach((element) => {
        const box = vitrine.address.box(element.dataset.box);
        if (box) this.lines.push({ element, box });
      });
      this.lines.forEach((line, i) => { line.element.tabIndex = i ? -1 : 0; });
      return true;
    }

    putBack() {
      if (!this.place) return;
      this.mark(null);
      this.lines.forEach((line) => line.element.removeAttribute("tabindex"));
      this.place.replaceWith(this.section);
      this.place = null;
      this.lines = [];
    }

    lineOf(target) { return this.lines.find((line) => line.element.contains(target)); }

    pointed(target) { this.mark(this.lineOf(target) || null); }

    clicked(target) {
      const line = this.lineOf(target);
      if (line) this.stage.approach(line.box);
    }

    // moved finds the line under the pointer, the smallest where several are.
    moved(e) {
      if (!this.lines.length || !this.stage.ready) return;
      const edge = this.stage.element.getBoundingClientRect();
      const p = this.stage.at(new window.OpenSeadragon.Point(e.clientX - edge.left, e.clientY - edge.top));
      const under = this.lines.filter((l) => p.x >= l.box.x && p.y >= l.box.y && p.x <= l.box.x + l.box.w && p.y <= l.box.y + l.box.h);
      const line = under.sort((a, b) => a.box.w * a.box.h - b.box.w * b.box.h)[0] || null;
      if (line !== this.marked) this.mark(line, true);
    }

    // mark makes one line the current one, and scrolls to it where it was found in
    // the picture.
    mark(line, scroll) {
      if (this.marked) this.marked.element.classList.remove("line-here");
      this.marked = line;
      this.stage.outline("line", line && line.box);
      if (!line) return;
      line.element.classList.add("line-here");
      if (scroll) this.scrollTo(line.element);
      else this.stage.reveal(line.box);
    }

    // scrollTo moves the panel alone: the page behind it must stay.
    scrollTo(element) {
      const line = element.getBoundingClientRect(), panel = this.panel.getBoundingClientRect();
      if (line.top < panel.top || line.bottom > panel.bottom) this.panel.scrollTop += line.top - panel.top - panel.height / 3;
    }

    // key goes from line to line; Enter brings the line close.
    key(e) {
      const at = this.lines.findIndex((line) => line.element === e.target);
      if (at < 0) return;
      const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[e.key];
      if (e.key === "Enter") this.stage.approach(this.lines[at].box);
      else if (this.lines[to]) this.step(at, to);
      else if (to === undefined) return;
      e.preventDefault();
      e.stopPropagation();
    }

    step(from, to) {
      this.lines[from].element.tabIndex = -1;
      this.lines[to].element.tabIndex = 0;
      this.lines[to].element.focus({ preventScroll: true });
      this.scrollTo(this.lines[to].element);
    }
  }

  vitrine.Text = Text;
})(window.vitrineViewer = window.vitrineViewer || {});
