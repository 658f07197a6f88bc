// Wheel, drag and pinch. A page still scrolls: by the wheel where Ctrl is not held and the ruler
// is elsewhere, by one finger across the way of time.
(function (search) {
  "use strict";

  const grip = 64, slack = 5; // pixels

  class Hands {
    constructor(timeline) {
      Object.assign(this, { timeline, stage: timeline.stage, fingers: new Map(), moved: false });
      const on = (name, what, options) => this.stage.addEventListener(name, (e) => what.call(this, e), options);
      on("wheel", this.wheel, { passive: false });
      on("pointerdown", this.down);
      on("pointermove", this.move);
      on("pointerup", this.up);
      on("pointercancel", this.up);
      on("dragstart", (e) => e.preventDefault());
      on("click", (e) => { // that ends a drag
        if (!this.moved) return;
        e.preventDefault();
        e.stopImmediatePropagation();
      }, true);
    }

    // along and across are where a pointer is in the drawing.
    at(e) {
      const box = this.stage.getBoundingClientRect(), x = e.clientX - box.left, y = e.clientY - box.top;
      return this.timeline.drawing.upright ? { along: y, across: x } : { along: x, across: y };
    }

    // onRuler reports whether a pointer is where the ruler is.
    onRuler(e) {
      const ruler = this.stage.querySelector(".lens-ruler .axis"), box = ruler.getBoundingClientRect(), { upright } = this.timeline.drawing;
      return Math.abs(upright ? e.clientX - box.left : e.clientY - box.top) < grip / 1.5;
    }

    wheel(e) {
      const { timeline } = this, { drawing } = timeline;
      if (!drawing) return;
      const pixels = e.deltaMode ? 33 : 1, sideways = !drawing.upright && Math.abs(e.deltaX) > Math.abs(e.deltaY);
      if (!e.ctrlKey && !sideways && !this.onRuler(e)) return;
      e.preventDefault();
      if (sideways && !e.ctrlKey) return this.shift(e.deltaX * pixels);
      const { along } = this.at(e), span = timeline.raw || timeline.state;
      this.scale(span, Math.exp(Math.max(-120, Math.min(120, e.deltaY * pixels)) / (e.ctrlKey && Math.abs(e.deltaY) < 30 ? 60 : 240)), along);
    }

    // what is between two steps of a movement is kept unrounded, so that small ones add up.
    keep(lo, hi) {
      const { timeline } = this, days = timeline.all.hi - timeline.all.lo + 1, wide = Math.min(days, Math.max(1, hi - lo + 1));
      lo = Math.max(timeline.all.lo, Math.min(lo, timeline.all.hi - wide + 1));
      timeline.raw = { lo, hi: lo + wide - 1 };
      clearTimeout(this.timer);
      this.timer = setTimeout(() => { timeline.raw = null; }, 400);
      if (this.frame) return;
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        if (timeline.raw) timeline.go({ ...timeline.raw }, false);
      });
    }

    shift(pixels) {
      const { timeline } = this, { lo, hi } = timeline.raw || timeline.state, by = (pixels / timeline.drawing.long) * (hi - lo + 1);
      this.keep(lo + by, hi + by);
    }

    scale({ lo, hi }, factor, along) {
      const { way, long } = this.timeline.drawing, part = (along - way.edge) / long, days = hi - lo + 1, now = Math.max(1, days * factor);
      const from = lo + part * (days - now);
      this.keep(from, from + now - 1);
    }

    down(e) {
      if (e.button || !this.timeline.drawing) return;
      this.moved = false;
      this.fingers.set(e.pointerId, this.at(e));
      this.begin();
    }

    begin() {
      const { timeline } = this, list = [...this.fingers.values()];
      this.from = { ...(timeline.raw || timeline.state), list, days: list.map((f) => f.along) };
    }

    move(e) {
      if (!this.fingers.has(e.pointerId)) return;
      this.fingers.set(e.pointerId, this.at(e));
      const now = [...this.fingers.values()].map((f) => f.along), was = this.from.days;
      if (!this.moved && Math.max(...now.map((a, i) => Math.abs(a - was[i]))) < slack) return;
      if (!this.moved) this.stage.setPointerCapture(e.pointerId);
      this.moved = true;
      const { lo, hi } = this.from, { way, long } = this.timeline.drawing, days = hi - lo + 1, day = (along) => lo + ((along - way.edge) / long) * days;
      if (now.length === 1) return this.keep(lo + day(was[0]) - day(now[0]), hi + day(was[0]) - day(now[0]));
      const apart = Math.max(20, Math.abs(now[0] - now[1])), before = Math.max(20, Math.abs(was[0] - was[1])), wide = Math.max(1, (days * before) / apart);
      const middle = day((was[0] + was[1]) / 2), part = ((now[0] + now[1]) / 2 - way.edge) / long, from = middle - part * wide;
      this.keep(from, from + wide - 1);
    }

    up(e) {
      this.fingers.delete(e.pointerId);
      if (this.fingers.size) this.begin();
      else setTimeout(() => { this.moved = false; });
    }
  }

  search.Hands = Hands;

  function begin() {
    const lens = document.getElementById("lens");
    if (!lens) return;
    const timeline = search.timeline = new search.Timeline(lens);
    timeline.open().catch((e) => { // the page stays as it came
      lens.hidden = true;
      document.getElementById("drawing").hidden = document.getElementById("list").hidden = false;
      console.warn(e);
    });
  }

  begin();
})(window.vitrineSearch = window.vitrineSearch || {});
