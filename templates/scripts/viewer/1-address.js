// The address says what the viewer shows: #page=3 for a page of the document,
// #page=3-2 for the second page of its file, #page=3&xywh=120,340,500,200 for a region of it, in pixels of the largest
// published picture, or xywh=percent:10,20,50,25 in hundredths of it (W3C Media
// Fragments, 4.2.2). #xywh= alone means the only page there is. So what a reader
// sees can be linked, and the browser's way back closes what it opened.
(function (vitrine) {
  "use strict";

  // read is {page, region} of an address, null where it asks for no viewer. A
  // region that is no rectangle is none; without a page there must be one.
  function read(hash) {
    const asked = new URLSearchParams(hash.replace(/^#/, "")), page = asked.get("page"), region = regionOf(asked.get("xywh") || "");
    if (page === null ? !region : !/^\d{1,6}(-\d{1,6})?$/.test(page)) return null;
    return { page, region };
  }

  function regionOf(text) {
    const parts = /^(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/.exec(text) || /^percent:([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/.exec(text);
    const [x, y, w, h] = (parts || []).slice(1).map(Number);
    return w > 0 && h > 0 ? { x, y, w, h, percent: text.startsWith("percent") } : null;
  }

  // sheetOf is the sheet that an address names: by its number, or else, where a file
  // has several pages, by its place among all pages. Where each sheet has a number of
  // its own, one that is missing is that of a sheet which is not shown: it opens none.
  function sheetOf(page, sheets) {
    if (page === null) return sheets.length === 1 ? sheets[0] : undefined;
    const paged = sheets.some((s) => s.page.includes("-")) && !document.getElementById("to-" + page);
    return sheets.find((s) => s.page === page) || (paged && !page.includes("-") ? sheets[page - 1] : undefined);
  }

  function write(page, region) {
    return "#page=" + page + (region ? "&xywh=" + [region.x, region.y, region.w, region.h].join(",") : "");
  }

  // turned is a box of a picture where it lies once the picture is turned by so many
  // quarters, clockwise. size is that of the picture before.
  function turned(box, size, quarters) {
    if (quarters === 0) return box;
    return turned({ x: size.height - box.y - box.h, y: box.x, w: box.h, h: box.w }, { width: size.height, height: size.width }, quarters - 1);
  }

  // pixels is a region of an address in pixels of a picture, as within has it.
  function pixels(region, size) {
    if (!region) return null;
    const across = region.percent ? size.width / 100 : 1, down = region.percent ? size.height / 100 : 1;
    return within({ x: region.x * across, y: region.y * down, w: region.w * across, h: region.h * down }, size);
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

  vitrine.address = { read, write, sheetOf, pixels, within, turned, box };
})(window.vitrineViewer = window.vitrineViewer || {});
