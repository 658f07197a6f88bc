// A reader who lands on an answer from elsewhere has nothing of the site yet: the hits come
// first then, and the fonts, twice as heavy, once they stand. See the class in search.css.
(function () {
  "use strict";
  var root = document.documentElement, own = location.origin + "/";
  if (!/[?&]q=./.test(location.search) || document.referrer.indexOf(own) === 0) return;
  root.className = "landing";
  setTimeout(function () { root.className = ""; }, 4000); // whatever has become of the hits
})();
