package sitecheck_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/internal/sitecheck"
)

const base = "https://kho.example.org/a/"

// sound is a page without a fault.
const sound = `<!doctype html><html lang="vi"><head><title>Một</title>
<link rel="alternate" hreflang="vi" href="https://kho.example.org/a/"><link rel="stylesheet" href="a.css"></head>
<body class="page-home"><main id="main"><h1>Một</h1><h2 id="hai">Hai</h2>
<a href="#hai">hai</a><a href="b/c.html#main">c</a><a href="https://example.org/">xa</a><a href="mailto:a@example.org">thư</a>
<img src="a.png" srcset="a.png 1x, b/c.html 2x" alt="" width="1" height="1"></main><footer></footer></body></html>`

func site(t *testing.T, files map[string]string) *sitecheck.Site {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := sitecheck.Open(dir, base)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func files(home string) map[string]string {
	return map[string]string{
		"index.html": home, "a.png": "", "a.css": `a{background:url("a.png")}`,
		"b/c.html": strings.NewReplacer(`href="b/c.html#main"`, `href="../index.html"`, `href="a.css"`, `href="../a.css"`,
			`src="a.png"`, `src="../a.png"`, `srcset="a.png 1x, b/c.html 2x"`, ``, `hreflang="vi"`, ``).Replace(sound),
	}
}

func all(s *sitecheck.Site) []sitecheck.Problem {
	return slices.Concat(s.Links(), s.Shape(func(string) string { return "vi" }), s.Inert(), s.Languages(), s.Reachable("index.html"))
}

func TestSoundSiteHasNoProblem(t *testing.T) {
	if found := all(site(t, files(sound))); len(found) > 0 {
		t.Error(found)
	}
}

// Each fault is put into the sound page and must be found.
func TestEveryFaultIsFound(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`href="#hai"`, `href="#ba"`, "no such place in the page"},
		{`c.html#main`, `c.html#nowhere`, "no such place in the page"},
		{`href="b/c.html#main"`, `href="b/"`, "no such file"},
		{`href="b/c.html#main"`, `href="../x.html"`, "leads out of the site"},
		{`href="b/c.html#main"`, `href="/b/c.html"`, "starts at the root of the server"},
		{`href="b/c.html#main"`, `href="index.html"`, "no link leads to it"},
		{`href="https://example.org/"`, `href="ftp://example.org/"`, "not a kind of address"},
		{`src="a.png"`, `src="https://example.org/a.png"`, "loaded from elsewhere"},
		{`src="a.png"`, `src="` + base + `a.png"`, "loaded by its full address"},
		{`, b/c.html 2x`, `, c.png 2x`, "no such file"},
		{`lang="vi">`, `lang="en">`, "its language is"},
		{`<title>Một</title>`, ``, "no title"},
		{`<h1>Một</h1>`, ``, "0 <h1>"},
		{`<h2 id`, `<h3 id`, "after <h1>"},
		{`<main id="main">`, `<div id="main">`, "0 <main>"},
		{`alt=""`, ``, "without alt"},
		{`width="1"`, ``, "without width"},
		{`<footer>`, `<footer style="color:red">`, "style="},
		{`<footer>`, `<footer onclick="x()">`, "onclick="},
		{`<footer>`, `<footer><style>a{}</style>`, "<style>"},
		{`<footer>`, `<footer><script>x()</script>`, "a script in the page"},
		{`href="https://example.org/"`, `href="javascript:x()"`, "javascript:"},
		{`a/"><link`, `a/b/c.html"><link`, "is not among its own languages"},
		{`<title>`, `<meta name="description" content=" "><title>`, "descriptions"},
	} {
		bad := strings.Replace(sound, c.old, c.new, 1)
		found := all(site(t, files(bad)))
		if bad == sound || !slices.ContainsFunc(found, func(p sitecheck.Problem) bool { return strings.Contains(p.What, c.want) }) {
			t.Errorf("%s for %s: found %v, expected %q", c.new, c.old, found, c.want)
		}
	}
}

func TestStyleLinksAreFollowed(t *testing.T) {
	f := files(sound)
	f["a.css"] = `@import "x.css";a{background:url(https://example.org/a.png)}`
	if found := site(t, f).Links(); len(found) != 2 {
		t.Error(found)
	}
}

func TestBytesAndFoldersAreWatched(t *testing.T) {
	f := files(sound)
	f["media/a.jpg"] = "\xff\xd8\xff\xe1\x00\x08Exif\x00\x00\xff\xdaEXIF"
	f["media/b.jpg"] = "\xff\xd8\xff\xda Exif\x00\x00"
	f["x/.secret"] = "mau-0001"
	s := site(t, f)
	if found := s.Metadata(); len(found) != 1 || found[0].Path != "media/a.jpg" {
		t.Error(found)
	}
	never := func(string, string) bool { return false }
	if found := s.Holds([]string{"mau-0001"}, never); len(found) != 1 {
		t.Error(found)
	}
	if found := s.Roots([]string{"b", "media"}, []string{"index.html", "a.css", "a.png"}); len(found) != 2 {
		t.Error(found)
	}
}
