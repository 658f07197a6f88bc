package sitecheck

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Shape returns what keeps a page from being read by everybody: no language,
// no title, no landmark, more or less than one heading of the first level, a
// heading level left out, an image without words or size. lang is the language
// a page must be in, by its path.
func (s *Site) Shape(lang func(path string) string) []Problem {
	var out []Problem
	for _, p := range s.Pages {
		say := func(format string, args ...any) { out = append(out, Problem{p.Path, fmt.Sprintf(format, args...)}) }
		if got, want := Attr(p.First("html"), "lang"), lang(p.Path); got != want {
			say("its language is %q, not %q", got, want)
		}
		if Text(p.First("title")) == "" {
			say("no title")
		}
		for _, name := range []string{"h1", "main", "footer"} {
			if n := len(slices.Collect(p.Elements(name))); n != 1 {
				say("%d <%s>", n, name)
			}
		}
		out = append(out, p.meta()...)
		out = append(out, p.headings()...)
		out = append(out, p.images()...)
	}
	return out
}

// meta looks at the description: there is none, or it says something.
func (p *Page) meta() []Problem {
	var found []string
	for m := range p.Elements("meta") {
		if Attr(m, "name") == "description" {
			found = append(found, Attr(m, "content"))
		}
	}
	if len(found) > 1 || len(found) == 1 && strings.TrimSpace(found[0]) == "" {
		return []Problem{{p.Path, fmt.Sprintf("descriptions %q", found)}}
	}
	return nil
}

func (p *Page) headings() []Problem {
	var out []Problem
	before := 0
	for h := range p.Elements("h1", "h2", "h3", "h4", "h5", "h6") {
		level := int(h.Data[1] - '0')
		if level > before+1 && before > 0 {
			out = append(out, Problem{p.Path, fmt.Sprintf("<%s> %q after <h%d>", h.Data, Text(h), before)})
		}
		if Text(h) == "" {
			out = append(out, Problem{p.Path, "empty <" + h.Data + ">"})
		}
		before = level
	}
	return out
}

func (p *Page) images() []Problem {
	var out []Problem
	for img := range p.Elements("img") {
		for _, key := range []string{"alt", "width", "height", "src"} {
			v, ok := Lookup(img, key)
			if !ok || v == "" && key != "alt" {
				out = append(out, Problem{p.Path, "<img " + Attr(img, "src") + "> without " + key})
			}
		}
	}
	return out
}

// Inert returns every script, style and handler that stands in a page itself.
// The pages in styled may hold one <style>, which a server allows by its hash.
func (s *Site) Inert(styled ...string) []Problem {
	var out []Problem
	for _, p := range s.Pages {
		for n := range p.Elements() {
			for _, what := range active(n) {
				if n.Data != "style" || !slices.Contains(styled, p.Path) {
					out = append(out, Problem{p.Path, what})
				}
			}
		}
	}
	return out
}

func active(n *html.Node) []string {
	var out []string
	switch n.Data {
	case "style", "iframe", "object", "embed", "base", "applet":
		out = append(out, "<"+n.Data+">")
	case "script":
		if Attr(n, "src") == "" && !slices.Contains([]string{"application/json", "application/ld+json"}, Attr(n, "type")) { // these are data
			out = append(out, "a script in the page")
		}
		if Attr(n, "type") == "module" {
			out = append(out, "a script that does not load from disk")
		}
	}
	for _, a := range n.Attr {
		link := strings.ToLower(strings.TrimSpace(a.Val))
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(link, "javascript:") || strings.HasPrefix(link, "data:") {
			out = append(out, fmt.Sprintf("<%s %s=%q>", n.Data, a.Key, a.Val))
		}
	}
	return out
}

// Languages returns the pages whose other languages do not name them back:
// in the head where the site has an address, and in the links that readers
// follow.
func (s *Site) Languages() []Problem {
	out := s.mutual("a", func(p *Page, n *html.Node) string { return s.target(p.Path, Attr(n, "href")) })
	if s.Base == "" {
		return out
	}
	return append(out, s.mutual("link", func(_ *Page, n *html.Node) string {
		file := strings.TrimPrefix(Attr(n, "href"), s.Base)
		if file == "" || strings.HasSuffix(file, "/") {
			file = path.Join(file, "index.html")
		}
		return file
	})...)
}

func (s *Site) mutual(element string, target func(*Page, *html.Node) string) []Problem {
	versions := map[string]map[string]string{}
	for _, p := range s.Pages {
		of := map[string]string{}
		for n := range p.Elements(element) {
			if lang := Attr(n, "hreflang"); lang != "" {
				of[lang] = target(p, n)
			}
		}
		versions[p.Path] = of
	}
	var out []Problem
	for _, from := range slices.Sorted(maps.Keys(versions)) {
		of := versions[from]
		if len(of) > 0 && !slices.Contains(slices.Collect(maps.Values(of)), from) {
			out = append(out, Problem{from, fmt.Sprintf("is not among its own languages %v", of)})
		}
		for lang, to := range of {
			if !maps.Equal(versions[to], of) {
				out = append(out, Problem{from, fmt.Sprintf("%s is %s, which names %v, not %v", lang, to, versions[to], of)})
			}
		}
	}
	return out
}
