// Two pictures side by side can be laid over each other: with a border that is
// moved, or one in place of the other. Nothing needs dragging, and without this
// script they stand side by side.
(function () {
  "use strict";

  const slowest = 1000; // ms that each picture stands at least: far below three flashes a second
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  class Comparison {
    constructor(figure) {
      this.figure = figure;
      this.plates = figure.querySelectorAll(".plate");
      this.top = this.plates[1].querySelector("img");
      this.range = figure.querySelector("input[type=range]");
      this.playing = figure.querySelector("[data-do=play]");
      this.pace = figure.querySelector("select");
      figure.querySelector(".compare-tools").hidden = false;
      figure.querySelectorAll("button[data-view]").forEach((b) => b.addEventListener("click", () => this.show(b.dataset.view)));
      this.range.addEventListener("input", () => this.cut());
      figure.querySelector("[data-do=swap]").addEventListener("click", () => { this.play(false); this.swap(); });
      this.playing.addEventListener("click", () => this.play(!this.timer));
      this.pace.addEventListener("change", () => { if (this.timer) this.play(true); });
      this.sheets = figure.querySelector(".pair-sheets");
      this.drag(this.sheets);
      still.addEventListener("change", () => this.calm());
      this.calm();
      this.show(figure.dataset.view);
    }

    // show lays the pictures out in one of the ways: side, slider, blink.
    show(view) {
      this.view = view;
      this.play(false);
      this.figure.dataset.view = view;
      this.figure.classList.toggle("compare-over", view !== "side");
      this.figure.querySelectorAll("button[data-view]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.view === view)));
      this.second = false;
      this.front();
      this.cut();
    }

    // cut shows the second picture right of the border.
    cut() {
      this.sheets.style.setProperty("--cut", this.range.value + "%");
      this.top.style.clipPath = this.view === "slider" ? "inset(0 0 0 " + this.range.value + "%)" : "";
    }

    swap() {
      this.second = !this.second;
      this.front();
    }

    // front tells which picture is seen, by its caption too.
    front() {
      const blink = this.view === "blink";
      this.plates.forEach((plate, i) => plate.classList.toggle("compare-hidden", blink && (i === 1) !== this.second));
    }

    play(on) {
      clearInterval(this.timer);
      this.timer = on && !still.matches ? setInterval(() => this.swap(), Math.max(slowest, Number(this.pace.value) * 1000)) : 0;
      this.playing.setAttribute("aria-pressed", String(!!this.timer));
    }

    // calm takes away what moves by itself from those who do not want it.
    calm() {
      if (still.matches) this.play(false);
      this.figure.querySelector(".compare-play").hidden = still.matches;
    }

    // drag moves the border to where the picture is touched.
    drag(sheets) {
      const to = (e) => {
        const edge = this.top.getBoundingClientRect();
        this.range.value = Math.round((e.clientX - edge.left) / edge.width * 100);
        this.cut();
      };
      sheets.addEventListener("pointerdown", (e) => {
        if (this.view !== "slider" || e.button || e.target.closest("figcaption")) return;
        e.preventDefault();
        sheets.setPointerCapture(e.pointerId);
        to(e);
      });
      sheets.addEventListener("pointermove", (e) => { if (sheets.hasPointerCapture(e.pointerId)) to(e); });
    }
  }

  document.querySelectorAll(".compare").forEach((figure) => { if (figure.querySelectorAll(".plate").length === 2) new Comparison(figure); });
})();
