// Reloads the page when the preview says that it has changed, where the reader
// was, and shows what is wrong in the content. The server puts this script
// into pages on their way out.
(function () {
  "use strict";
  if (!window.EventSource) return;

  var script = document.currentScript;
  var page = script.dataset.page, version = script.dataset.version;
  var lang = document.documentElement.lang === "vi" ? "vi" : "en";
  var words = {
    vi: { error: "lỗi", warning: "cảnh báo", title: "Xem thử", hint: "gợi ý", stale: "đang hiện trạng thái tốt gần nhất", more: "và %s mục nữa trong cửa sổ lệnh" },
    en: { error: "error", warning: "warning", title: "Preview", hint: "hint", stale: "showing the last good state", more: "and %s more in the terminal" }
  }[lang];
  function count(n, severity) { return n + " " + words[severity] + (lang === "en" && n > 1 ? "s" : ""); }
  function say(text) { return text ? text[lang] || text.vi || "" : ""; }

  // A store of this tab; a browser may refuse it.
  function keep(key, value) { try { sessionStorage.setItem("vitrine-" + key, value); } catch (e) { /* not kept */ } }
  function kept(key) { try { return sessionStorage.getItem("vitrine-" + key); } catch (e) { return null; } }
  function drop(key) { try { sessionStorage.removeItem("vitrine-" + key); } catch (e) { /* nothing there */ } }

  // Where the reader was before the page reloaded itself.
  function restore() {
    var at = JSON.parse(kept("scroll") || "null");
    if (at && at.page === page) scrollTo({ left: at.x, top: at.y, behavior: "instant" });
  }
  if (kept("scroll")) {
    restore();
    addEventListener("load", function () { restore(); drop("scroll"); });
  }
  function reload() {
    stop();
    keep("scroll", JSON.stringify({ page: page, x: scrollX, y: scrollY }));
    location.reload();
  }

  // The stream is open while the page is seen: browsers allow few at a time.
  var stream = null;
  function start() {
    if (stream || document.hidden) return;
    stream = new EventSource("/_vitrine/events?page=" + encodeURIComponent(page) + "&version=" + encodeURIComponent(version));
    stream.addEventListener("reload", reload);
    stream.addEventListener("problems", function (e) { show(JSON.parse(e.data)); });
  }
  function stop() {
    if (stream) stream.close();
    stream = null;
  }
  document.addEventListener("visibilitychange", function () { if (document.hidden) stop(); else start(); });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", start);
  start();

  var panel = null;
  function make(tag, name, text, into) {
    var e = document.createElement(tag);
    if (name) e.className = name;
    if (text) e.textContent = text;
    if (into) into.appendChild(e);
    return e;
  }

  // The panel has a style of its own and none of the page's.
  function build() {
    var host = make("vitrine-preview", "", "", document.body);
    var root = host.attachShadow({ mode: "open" });
    var style = make("link", "", "", root);
    style.rel = "stylesheet";
    style.href = "/_vitrine/preview.css";
    var section = make("section", "panel", "", root);
    section.lang = lang;
    section.setAttribute("aria-label", words.title);
    var button = make("button", "summary", "", section);
    button.type = "button";
    button.setAttribute("aria-controls", "problems");
    var said = make("span", "said", "", button);
    said.setAttribute("role", "alert");
    make("span", "arrow", "", button).setAttribute("aria-hidden", "true");
    var list = make("ol", "problems", "", section);
    list.id = "problems";
    list.tabIndex = 0;
    panel = { host: host, section: section, button: button, said: said, list: list };
    button.addEventListener("click", function () { fold(!list.hidden, true); });
    section.addEventListener("keydown", function (e) {
      if (e.key !== "Escape") return;
      fold(true, true);
      button.focus();
    });
  }

  function fold(folded, remember) {
    panel.list.hidden = folded;
    panel.button.setAttribute("aria-expanded", String(!folded));
    if (remember) keep("fold", panel.kind + (folded ? " folded" : " open"));
  }

  function entry(p, into) {
    var li = make("li", p.severity, "", into);
    var head = make("p", "head", "", li);
    make("strong", "severity", words[p.severity], head);
    if (p.at) make("code", "at", p.at, head);
    make("span", "code", "[" + p.code + "]", head);
    make("p", "message", say(p.message), li);
    if (p.excerpt) make("pre", "excerpt", p.excerpt.trim(), li);
    if (say(p.hint)) make("p", "hint", words.hint + ": " + say(p.hint), li);
  }

  var most = 50;
  function show(problems) {
    if (!problems.length) {
      if (panel) panel.host.remove();
      panel = null;
      return;
    }
    if (!panel) build();
    var errors = problems.filter(function (p) { return p.severity === "error"; }).length;
    var parts = [];
    if (errors) parts.push(count(errors, "error"));
    if (problems.length > errors) parts.push(count(problems.length - errors, "warning"));
    var text = words.title + ": " + parts.join(", ") + (errors ? " – " + words.stale : "");
    if (panel.said.textContent !== text) panel.said.textContent = text;
    panel.kind = errors ? "error" : "warning";
    panel.section.className = "panel " + panel.kind;
    panel.list.replaceChildren();
    problems.sort(function (a, b) { return (a.severity === "error" ? 0 : 1) - (b.severity === "error" ? 0 : 1); });
    problems.slice(0, most).forEach(function (p) { entry(p, panel.list); });
    if (problems.length > most) make("li", "more", words.more.replace("%s", problems.length - most), panel.list);
    var before = kept("fold");
    fold(before === panel.kind + " folded" || before !== panel.kind + " open" && !errors, false);
  }
})();
