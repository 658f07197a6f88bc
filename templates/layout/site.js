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

  // The link to the search page becomes the field it looks like.
  var quick = document.querySelector("a.quick");
  if (quick) {
    var form = document.createElement("form"), input = document.createElement("input");
    form.className = "quick";
    form.setAttribute("role", "search");
    input.type = "search";
    input.maxLength = 300;
    input.placeholder = quick.textContent;
    input.setAttribute("aria-label", quick.dataset.label);
    form.append(input);
    form.addEventListener("submit", function (e) {
      e.preventDefault();
      location.href = quick.href + (input.value.trim() ? "?q=" + encodeURIComponent(input.value.trim()) : "");
    });
    quick.replaceWith(form);
  }

  // A page that was opened from a hit marks what was looked for.
  var found = document.querySelector("main[data-found]");
  if (found && !document.getElementById("search") && /[?&]q=/.test(location.search)) {
    var marks = document.createElement("script");
    marks.src = found.dataset.found;
    document.head.append(marks);
  }

  // Says which day is today: the site may have been built long ago.
  var today = document.querySelector("p.today");
  if (today) {
    var now = new Date();
    var day = ("0" + (now.getMonth() + 1)).slice(-2) + "-" + ("0" + now.getDate()).slice(-2);
    var at = document.querySelector('[data-day="' + day + '"]');
    if (at) {
      var link = document.createElement("a");
      link.href = at.id ? "#" + at.id : at.firstElementChild.href;
      link.textContent = today.dataset.label + ", " + now.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });
      today.append(link);
      today.hidden = false;
      at.querySelectorAll(":scope > a").forEach(function (a) { a.setAttribute("aria-current", "date"); });
    }
  }

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
