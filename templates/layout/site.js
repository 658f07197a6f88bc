// Copies a reference or a citation, and opens what is folded before printing.
// A page reads fully without it: the buttons stay hidden then, and what they
// copy is selected by one click.
(function () {
  "use strict";

  function copy(button) {
    var source = document.getElementById(button.dataset.copy);
    var label = button.textContent;
    function done() {
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = label; }, 1600);
    }
    function bySelection() {
      var range = document.createRange();
      range.selectNodeContents(source);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      if (document.execCommand("copy")) done();
    }
    var text = source.textContent.trim();
    if (!navigator.clipboard) return bySelection();
    navigator.clipboard.writeText(text).then(done, bySelection);
  }

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { copy(button); });
  });

  // Tells which chapter of an exhibition is on the screen.
  var chapters = document.querySelectorAll(".chapters a");
  if (chapters.length && window.IntersectionObserver) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        chapters.forEach(function (a) {
          if (a.hash === "#" + entry.target.id) a.setAttribute("aria-current", "true");
          else a.removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "-40% 0px -55% 0px" });
    document.querySelectorAll(".chapter[id]").forEach(function (c) { seen.observe(c); });
  }

  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
})();
