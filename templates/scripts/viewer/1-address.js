// The address says what the viewer shows: #page=3 for a page of the document,
// #page=3-2 for the second page of its file, #page=3&xywh=120,340,500,200 for a region of it, in pixels of the largest
// published picture (W3C Media Fragments, 4.2.2). So what a reader sees can be
// linked, and the browser's way back closes what it opened.
(function (vitrine) {
  "use strict";

  // read is {page, region} of an address, null where it asks for no viewer. A
  // region that is no rectangle is none.
  function read(hash) {
    const asked = new URLSearchParams(hash.replace(/^#/, ""));
    if (!/^\d{1,6}(-\d{1,6})?$/.test(asked.get("page") || "")) return null;
    const numbers = /^(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/.exec(asked.get("xywh") || "");
    const [x, y, w, h] = (numbers || []).slice(1).map(Number);
    return { page: asked.get("page"), region: w > 0 && h > 0 ? { x, y, w, h } : null };
  }

  function write(page, region) {
    return "#page=" + page + (region ? "&xywh=" + [region.x, region.y, region.w, region.h].join(",") : "");
  }

  // within is the part of a box that lies in a picture, in whole pixels; null
  // where nothing of it does.
  function within(box, size) {
    const left = Math.max(0, Math.round(box.x)), top = Math.max(0, Math.round(box.y));
    const w = Math.min(size.width, Math.round(box.x + box.w)) - left;
    const h = Math.min(size.height, Math.round(box.y + box.h)) - top;
    return w > 0 && h > 0 ? { x: left, y: top, w: w, h: h } : null;
  }

  // numbers reads a box of four numbers, as data-box has it: "x,y,w,h".
  function box(text) {
    const n = (text || "").split(",").map(Number);
    return n.length === 4 && n.every(Number.isFinite) && n[2] > 0 && n[3] > 0 ? { x: n[0], y: n[1], w: n[2], h: n[3] } : null;
  }

  vitrine.address = { read, write, within, box };
})(window.vitrineViewer = window.vitrineViewer || {});
