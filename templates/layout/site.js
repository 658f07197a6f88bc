// Copies a reference or a citation, and opens what is folded before printing.
// A page reads fully without it: the buttons stay hidden then, and what they
// copy is selected by one click.
(function () {
  "use strict";

  // day writes today as a style has it: 28/11/2026 in Vietnamese, in English by its kind.
  function day(kind, lang) {
    var now = new Date(), d = now.getDate(), m = now.getMonth(), y = now.getFullYear();
    if (lang === "vi") return d + "/" + (m + 1) + "/" + y;
    var month = now.toLocaleDateString("en-GB", { month: "long" });
    if (kind === "us") return month + " " + d + ", " + y;
    if (kind === "mla" && month.length > 4) month = month.slice(0, month === "September" ? 4 : 3) + ".";
    return d + " " + month + " " + y;
  }

  // cited is a reference as it is copied: with the day on which the page was looked at,
  // and narrowed to a sheet where the address names one.
  function cited(source, sheet) {
    var copy = source.cloneNode(true), lang = (source.closest("[lang]") || document.documentElement).lang;
    var folios = copy.querySelector(".cite-folios"), url = copy.querySelector(".cite-url");
    copy.querySelectorAll(".cite-day").forEach(function (at) {
      at.textContent = at.dataset.words.replace(/\{(\w+)\}/, function (all, kind) { return day(kind, lang); });
    });
    if (!sheet) return copy.textContent;
    var number = /^(?:tờ|fol\.?|folio|sheet)\s+(\d\S*)$/i.exec(sheet.label);
    if (folios && number) folios.textContent = number[1];
    if (url && (!folios || !number) && sheet.label) url.before(sheet.label + ", ");
    if (url) url.append(sheet.fragment);
    else if (!folios || !number) copy.append(sheet.label ? ", " + sheet.label : "");
    return copy.textContent;
  }

  // sheetShown is the sheet that the address names: by a page, with a part of it or
  // without, or by the anchor of the sheet.
  function sheetShown() {
    var hash = location.hash, page = /^#page=(\d+)/.exec(hash);
    var at = page ? document.querySelectorAll(".sheet")[page[1] - 1] : document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!at || !at.classList.contains("sheet")) return null;
    var label = at.querySelector("figcaption > b");
    return { fragment: hash, label: label ? label.textContent.trim() : "" };
  }

  // The viewer quotes what it shows in the same way.
  window.vitrineCited = cited;

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
    var text = (source.closest(".citation") ? cited(source, sheetShown()) : source.textContent).trim();
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
