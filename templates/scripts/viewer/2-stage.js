// The stage shows one picture by OpenSeadragon, and boxes upon it. Boxes are in
// pixels of the picture.
(function (vitrine) {
  "use strict";

  // OpenSeadragon puts a style into the page unless it finds one that is marked
  // so. The policy of the page allows no style within it, so it finds an element
  // that is no style.
  const marked = document.createElementNS("urn:vitrine", "style");
  marked.setAttribute("data-openseadragon-mobile-css", "");

  // sourceOf hands over what info.json would say: that cannot be read from disk.
  function sourceOf(sheet) {
    const osd = window.OpenSeadragon;
    if (!sheet.tiles) {
      return new osd.LegacyTileSource(sheet.sizes.map((s) => ({ url: s.href, width: s.width, height: s.height })));
    }
    return new osd.IIIFTileSource({
      version: 3, profile: "level0", id: sheet.tiles.href, width: sheet.width, height: sheet.height,
      tiles: [{ width: sheet.tiles.size, height: sheet.tiles.size, scaleFactors: sheet.tiles.scales }],
    });
  }

  // options: the canvas drawer, since WebGL stays blank from disk; no control of
  // its own, since ours have names in the reader's language.
  function options(element, still) {
    const gestures = { clickToZoom: false, dblClickToZoom: true, pinchToZoom: true, flickEnabled: !still };
    return {
      element, drawer: "canvas", crossOriginPolicy: false, keyboardNavEnabled: false, showNavigationControl: false,
      showSequenceControl: false, autoResize: false, animationTime: still ? 0 : 0.25, springStiffness: 8, blendTime: 0, maxZoomPixelRatio: 4,
      minZoomImageRatio: 0.8, visibilityRatio: 0.4, gestureSettingsMouse: gestures, gestureSettingsTouch: gestures, gestureSettingsPen: gestures,
    };
  }

  class Stage {
    // element is empty; still is whether nothing may move by itself. lacking is told
    // whether anything of the picture did not arrive.
    constructor(element, still, lacking) {
      document.head.append(marked);
      this.element = element;
      this.still = still;
      this.lacking = lacking;
      this.osd = window.OpenSeadragon(options(element, still));
      this.osd.canvas.setAttribute("role", "img");
      this.boxes = {};
      this.busy(true);
      this.osd.addHandler("open", () => this.opened());
      this.osd.addHandler("open-failed", () => this.failed());
      this.osd.addHandler("tile-load-failed", (e) => { if (e.tiledImage === this.osd.world.getItemAt(0)) this.failed(); });
      ["canvas-drag", "canvas-scroll", "canvas-pinch", "canvas-double-click"].forEach((e) => this.osd.addHandler(e, () => { this.aim = null; }));
      new ResizeObserver(() => this.measure()).observe(element);
    }

    // measure fits the picture to the room that it has now: what was aimed at, the
    // whole or a box, stays in sight. The library would size a turned picture anew.
    measure() {
      const room = this.element.getBoundingClientRect(), port = this.osd.viewport, is = port.getContainerSize();
      if (!room.width || !room.height || room.width === is.x && room.height === is.y) return;
      const zoom = port.getZoom() * is.x / room.width, centre = port.getCenter();
      port.resize(new window.OpenSeadragon.Point(room.width, room.height));
      port.zoomTo(zoom, null, true).panTo(centre, true);
      this.osd.forceRedraw();
      if (this.ready && this.aim) this.aim(true);
    }

    failed() {
      this.busy(false);
      this.lacking(true);
    }

    busy(is) { this.element.setAttribute("aria-busy", String(is)); }

    // show opens the picture of a sheet and then calls done.
    show(sheet, done) {
      this.sheet = sheet;
      this.done = done;
      this.busy(true);
      this.lacking(false);
      this.osd.canvas.setAttribute("aria-label", sheet.alt);
      this.osd.viewport.setRotation(0, true);
      this.osd.open(sourceOf(sheet));
    }

    opened() {
      const picture = this.osd.world.getItemAt(0);
      const settled = () => this.busy(!picture.getFullyLoaded());
      picture.addHandler("fully-loaded-change", settled);
      this.measure();
      this.take((still) => this.osd.viewport.goHome(still), true);
      this.boxes = {};
      settled();
      if (this.done) this.done();
    }

    get ready() { return this.osd.world.getItemCount() > 0; }

    // take aims at something and goes there.
    take(aim, still) {
      this.aim = aim;
      aim(still || this.still);
    }

    zoom(factor) {
      this.aim = null;
      this.osd.viewport.zoomBy(factor, null, this.still).applyConstraints(this.still);
    }

    fit() { this.take((still) => this.osd.viewport.goHome(still)); }

    rotate() {
      this.osd.viewport.setRotation(this.osd.viewport.getRotation() + 90, this.still);
      this.fit();
    }

    // quarters is how often the picture was turned clockwise, from 0 to 3.
    get quarters() { return Math.round(this.osd.viewport.getRotation() / 90) % 4; }

    // pan moves the sight by parts of the window's width and height.
    pan(right, down) {
      this.aim = null;
      const size = this.osd.viewport.getContainerSize();
      const by = new window.OpenSeadragon.Point(right * size.x, down * size.y);
      this.osd.viewport.panBy(this.osd.viewport.deltaPointsFromPixels(by), this.still).applyConstraints(this.still);
    }

    // light draws the picture brighter or with more contrast; 1 is as it is.
    light(brightness, contrast) {
      this.osd.drawer.canvas.style.filter = brightness === 1 && contrast === 1 ? "" : "brightness(" + brightness + ") contrast(" + contrast + ")";
    }

    rectangle(box) { return this.osd.viewport.imageToViewportRectangle(box.x, box.y, box.w, box.h); }

    // outline draws a box of a kind in place of the one before; null draws none.
    outline(kind, box) {
      if (this.boxes[kind]) this.osd.removeOverlay(this.boxes[kind]);
      delete this.boxes[kind];
      if (!box || !this.ready) return;
      const element = document.createElement("div");
      element.className = "viewer-box viewer-box-" + kind;
      this.boxes[kind] = element;
      this.osd.addOverlay({ element, location: this.rectangle(box), checkResize: false });
    }

    // approach brings a box into sight, with what lies around it.
    approach(box) {
      const around = { x: box.x - box.w / 4, y: box.y - box.h / 4, w: box.w * 1.5, h: box.h * 1.5 };
      this.measure();
      this.take((still) => this.osd.viewport.fitBoundsWithConstraints(this.rectangle(around), still));
    }

    // reveal moves the sight to a box only where it is out of it.
    reveal(box) {
      const seen = this.seen();
      if (box.x >= seen.x && box.y >= seen.y && box.x + box.w <= seen.x + seen.w && box.y + box.h <= seen.y + seen.h) return;
      this.aim = null;
      this.osd.viewport.panTo(this.rectangle(box).getCenter(), this.still).applyConstraints(this.still);
    }

    // at is the place in the picture under a place in the window, both in pixels.
    at(position) { return this.osd.viewport.viewerElementToImageCoordinates(position); }

    // seen is the box of the picture that is in sight, however it is turned.
    seen() {
      const r = this.osd.viewport.viewportToImageRectangle(this.osd.viewport.getBounds(true)).getBoundingBox();
      return vitrine.address.within({ x: r.x, y: r.y, w: r.width, h: r.height }, this.sheet) || { x: 0, y: 0, w: this.sheet.width, h: this.sheet.height };
    }
  }

  vitrine.Stage = Stage;
})(window.vitrineViewer = window.vitrineViewer || {});
