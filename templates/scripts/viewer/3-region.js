// A region of the page that can be linked and cited: drawn by dragging, or moved
// and sized by keys.
(function (vitrine) {
  "use strict";

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  class Region {
    // tell is called with the box while it is drawn; done with the box that was
    // chosen, or with null where none was.
    constructor(stage, tell, done) {
      this.stage = stage;
      this.tell = tell;
      this.done = done;
      this.on = false;
      stage.osd.addHandler("canvas-press", (e) => { if (this.on) this.from = this.stage.at(e.position); });
      stage.osd.addHandler("canvas-drag", (e) => this.drag(e));
      stage.osd.addHandler("canvas-drag-end", (e) => this.dragged(e));
    }

    start() {
      const s = this.stage.seen();
      this.on = true;
      this.from = null;
      this.stage.element.classList.add("viewer-choosing");
      this.set({ x: s.x + s.w / 4, y: s.y + s.h / 4, w: s.w / 2, h: s.h / 2 });
    }

    leave() {
      this.on = false;
      this.stage.element.classList.remove("viewer-choosing");
      this.stage.outline("draft", null);
    }

    stop(box) {
      this.leave();
      this.done(box);
    }

    set(box) {
      const inside = vitrine.address.within(box, this.stage.sheet);
      if (!inside) return;
      this.box = inside;
      this.stage.outline("draft", inside);
      this.tell(inside);
    }

    drag(e) {
      if (!this.on || !this.from) return;
      e.preventDefaultAction = true;
      const to = this.stage.at(e.position), from = this.from;
      this.set({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) });
    }

    dragged(e) {
      if (!this.on || !this.from) return;
      e.preventDefaultAction = true;
      this.from = null;
      this.stop(this.box);
    }

    // key moves the box, or sizes it with Shift, in steps of a fortieth of what is
    // in sight, as it lies on the screen. It reports whether the key was for it.
    key(e) {
      const move = moves[e.key];
      if (!this.on || !move && e.key !== "Enter") return false;
      if (!move) {
        this.stop(this.box);
        return true;
      }
      const { sheet, quarters } = this.stage, turned = vitrine.address.turned;
      const seen = turned(this.stage.seen(), sheet, quarters), box = Object.assign({}, turned(this.box, sheet, quarters));
      const size = quarters % 2 ? { width: sheet.height, height: sheet.width } : sheet;
      const right = move[0] * Math.max(1, seen.w / 40), down = move[1] * Math.max(1, seen.h / 40);
      if (e.shiftKey) {
        box.w = Math.max(1, box.w + right);
        box.h = Math.max(1, box.h + down);
      } else {
        box.x = Math.min(Math.max(0, box.x + right), size.width - box.w);
        box.y = Math.min(Math.max(0, box.y + down), size.height - box.h);
      }
      this.set(turned(box, size, (4 - quarters) % 4));
      return true;
    }
  }

  vitrine.Region = Region;
})(window.vitrineViewer = window.vitrineViewer || {});
