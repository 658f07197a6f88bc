// Makes the words of a recording follow it: as captions in a film, and as a
// transcript whose times play from there. Both come from the page itself, since
// a file of captions does not load from disk. Nothing plays by itself.
(function () {
  "use strict";

  function linesOf(said) {
    var copy = said.cloneNode(true);
    copy.querySelectorAll("br").forEach(function (br) { br.replaceWith("\n"); });
    return copy.textContent.trim();
  }

  function cuesOf(list) {
    return Array.prototype.map.call(list.children, function (li) {
      return { li: li, start: Number(li.dataset.start), end: Number(li.dataset.end), text: linesOf(li.querySelector(".said")) };
    });
  }

  function setUp(player) {
    var sheet = player.closest(".sheet");
    var section = document.querySelector('.spoken[aria-labelledby="said-' + sheet.id + '"]');
    var words = section ? Array.prototype.slice.call(section.querySelectorAll(".cues-words")) : [];
    var parts = document.querySelector('.cues[data-recording="' + sheet.id + '"]');
    var lists = (parts ? [parts] : []).concat(words);
    var cues = new Map(lists.map(function (list) { return [list, cuesOf(list)]; }));

    if (player.tagName === "VIDEO" && window.VTTCue) words.forEach(function (list, i) {
      var track = player.addTextTrack(list.dataset.track, list.dataset.label, list.dataset.language);
      cues.get(list).forEach(function (c) {
        if (c.end > c.start) track.addCue(new VTTCue(c.start, c.end, c.text.replace(/&/g, "&amp;").replace(/</g, "&lt;")));
      });
      track.mode = i === 0 ? "showing" : "disabled";
    });

    function follow() {
      var now = player.currentTime, begun = now > 0 || !player.paused;
      cues.forEach(function (all) {
        all.forEach(function (c) {
          var on = begun && now >= c.start && now < c.end;
          if (on) c.li.setAttribute("aria-current", "true");
          else c.li.removeAttribute("aria-current");
        });
      });
    }

    function playFrom(time) {
      function go() {
        player.currentTime = time;
        var played = player.play();
        // it ends early where the reader leaves, or pauses it
        if (played) played.catch(function () {});
      }
      if (player.readyState > 0) return go();
      player.addEventListener("loadedmetadata", go, { once: true });
      player.load();
    }

    player.addEventListener("timeupdate", follow);
    player.addEventListener("seeked", follow);
    player.addEventListener("play", function () {
      document.querySelectorAll(".recording").forEach(function (other) { if (other !== player) other.pause(); });
    });
    lists.forEach(function (list) {
      list.addEventListener("click", function (event) {
        var li = event.target.closest("li");
        if (!li || event.metaKey || event.ctrlKey || event.shiftKey || !event.target.closest("a")) return;
        event.preventDefault();
        playFrom(Number(li.dataset.start));
      });
    });
    if (section) section.querySelector(".follow").hidden = false;
  }

  document.querySelectorAll(".recording").forEach(setUp);
})();
