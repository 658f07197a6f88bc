// Makes the words of a recording follow it: as captions in a film, and as a
// transcript whose times play from there. Both come from the page itself, since
// a file of captions does not load from disk. Nothing plays by itself. What is said
// stays in sight within its list; the page is never scrolled under a reader. The
// player stays at hand while its words are read.
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

  var still = matchMedia("(prefers-reduced-motion: reduce)"), glides = new Map();

  // glide scrolls a list to a place, in a quarter of a second where things may move.
  // It ends where anybody else scrolls the list.
  function glide(list, top) {
    var from = list.scrollTop, begun = performance.now(), turn = { at: from };
    if (still.matches || document.hidden) { list.scrollTop = top; return; }
    function step(now) {
      if (glides.get(list) !== turn || !gliding(list)) return;
      var part = Math.min(1, Math.max(0, now - begun) / 250);
      list.scrollTop = from + (top - from) * part * (2 - part);
      turn.at = list.scrollTop;
      if (part < 1) requestAnimationFrame(step);
      else glides.delete(list);
    }
    glides.set(list, turn);
    requestAnimationFrame(step);
  }

  function gliding(list) {
    var turn = glides.get(list);
    if (turn && Math.abs(list.scrollTop - turn.at) > 1) glides.delete(list);
    return glides.has(list);
  }

  // keep brings a line into the sight of its list where the one before was in it: who
  // has scrolled away reads something else.
  function keep(list, before, line) {
    var seen = list.getBoundingClientRect(), was = before.getBoundingClientRect(), is = line.getBoundingClientRect();
    var stayed = gliding(list) || was.bottom > seen.top && was.top < seen.bottom;
    if (stayed && (is.top < seen.top || is.bottom > seen.bottom - seen.height / 4)) glide(list, list.scrollTop + is.top - seen.top - seen.height / 4);
  }

  // atHand lets a player come along where its place is out of sight, and offers the
  // way to the line that is said, at first to that given. It returns what is to be
  // told of that line.
  function atHand(player, first) {
    var place = player.closest(".player"), here = place.querySelector(".player-here"), away = false, line = null, lost = false;
    function settle() {
      var begun = player.currentTime > 0 || !player.paused;
      var hold = away && begun && !player.ended && player === latest;
      if (hold !== place.classList.contains("player-held")) {
        place.style.height = hold ? place.offsetHeight + "px" : "";
        place.classList.toggle("player-held", hold);
      }
      here.hidden = hold && !lost; // at its own place it stays, so that nothing moves
    }
    new IntersectionObserver(function (entries) {
      away = !entries[entries.length - 1].isIntersecting;
      settle();
    }).observe(place);
    var sight = new IntersectionObserver(function (entries) {
      lost = !entries[entries.length - 1].isIntersecting;
      settle();
    }, { rootMargin: "0px 0px -64px 0px" }); // which the player may cover
    here.addEventListener("click", function () {
      var list = line.parentNode;
      list.scrollTop = line.offsetTop - list.offsetTop - list.clientHeight / 4;
      [list, line].forEach(function (e) { e.scrollIntoView({ block: "nearest", behavior: "instant" }); });
      line.querySelector("a").focus({ preventScroll: true });
    });
    ["play", "pause", "ended", "seeked"].forEach(function (e) { player.addEventListener(e, settle); });
    settles.push(settle);
    function reach(li) {
      if (line) sight.unobserve(line);
      line = li;
      sight.observe(line);
    }
    reach(first);
    return reach;
  }

  var latest = null, settles = []; // the player that was last started; what players do when that changes

  function setUp(player) {
    var sheet = player.closest(".sheet");
    var section = document.querySelector('.spoken[aria-labelledby="said-' + sheet.id + '"]');
    var words = section ? Array.prototype.slice.call(section.querySelectorAll(".cues-words")) : [];
    var parts = document.querySelector('.cues[data-recording="' + sheet.id + '"]');
    var lists = (parts ? [parts] : []).concat(words);
    var cues = new Map(lists.map(function (list) { return [list, cuesOf(list)]; }));
    var said = new Map(), main = words[0] || parts, tell = main && atHand(player, main.firstElementChild);
    words.forEach(function (list) { list.classList.add("cues-follow"); });

    if (player.tagName === "VIDEO" && window.VTTCue) words.forEach(function (list, i) {
      var track = player.addTextTrack(list.dataset.track, list.dataset.label, list.dataset.language);
      cues.get(list).forEach(function (c) {
        if (c.end > c.start) track.addCue(new VTTCue(c.start, c.end, c.text.replace(/&/g, "&amp;").replace(/</g, "&lt;")));
      });
      track.mode = i === 0 ? "showing" : "disabled";
    });

    function follow() {
      var now = player.currentTime, begun = now > 0 || !player.paused;
      cues.forEach(function (all, list) {
        all.forEach(function (c) {
          var on = begun && now >= c.start && now < c.end;
          if (!on) return c.li.removeAttribute("aria-current");
          c.li.setAttribute("aria-current", "true");
          reach(list, c.li);
        });
      });
    }

    // reach takes note of the line that a list has come to.
    function reach(list, li) {
      if (said.get(list) === li) return;
      if (list.offsetParent && words.indexOf(list) >= 0) keep(list, said.get(list) || list.firstElementChild, li);
      said.set(list, li);
      if (list === main) tell(li);
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
      latest = player;
      settles.forEach(function (settle) { settle(); });
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
